"""The vocabularies: what ships is whole, and what is broken is refused by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.concepts import Vocabulary, load, vocabulary
from corpus.errors import VocabularyError
from corpus.model import Standing, StatementKind, Voice

DOC = Path(__file__).resolve().parent.parent / "docs" / "vocabulary.md"

LISTED = {
    "themes": """identification-screening case-management-referral best-interests guardianship alternative-care-shelter
        family-tracing-reunification detention-alternatives psychosocial-support health-access education-access
        legal-aid-documentation livelihoods-skills social-inclusion return-reintegration counter-trafficking
        child-labour domestic-work-labour-rights gender-gbv child-participation awareness-prevention capacity-building
        advocacy-policy coordination-partnership cross-border-cooperation data-research
        monitoring-evaluation-learning crisis-response safeguarding-accountability funding-sustainability
        project-management""",
    "target-groups": """unaccompanied-separated-children child-victims-of-trafficking children-left-behind
        children-in-street-situations adolescents-youth victims-of-trafficking migrant-domestic-workers
        migrant-workers returnees asylum-seekers-refugees internally-displaced women-girls sex-workers
        indigenous-people families-caregivers host-communities frontline-professionals authorities civil-society""",
    "statement-kinds": "recommendation lesson good-practice challenge result",
    "voices": "evaluator implementer partner-authority child-migrant unclear",
    "evaluation-criteria": "relevance coherence effectiveness efficiency impact sustainability",
}
"""The ids that others rely on: files, links and test sets hold them, so that none may change."""

ONE = """
label = "Themes"
[[concept]]
id = "care"
label = "Care"
definition = "Looking after."
"""


def themes(more: str) -> Vocabulary:
    return load({"themes": ONE + more})


@pytest.mark.parametrize("scheme", LISTED)
def test_listed_ids_stand(scheme: str) -> None:
    """The listed concepts of each scheme are exactly the published ones."""
    assert {c.id for c in vocabulary().scheme(scheme) if c.listed} == set(LISTED[scheme].split())


@pytest.mark.parametrize(
    ("scheme", "count"),
    [("gcm-objectives", 23), ("gcm-principles", 10), ("sdgs", 17), ("practice-types", 7), ("pillars", 6)],
)
def test_official_lists_are_whole(scheme: str, count: int) -> None:
    """Each list that an institution numbers has all its members."""
    assert len(vocabulary().scheme(scheme)) == count


@pytest.mark.parametrize(
    ("scheme", "values"), [("standings", Standing), ("statement-kinds", StatementKind), ("voices", Voice)]
)
def test_codes_are_the_values_of_the_model(scheme: str, values: type[Standing | StatementKind | Voice]) -> None:
    """What the model can hold is what the vocabulary labels."""
    assert {c.id for c in vocabulary().scheme(scheme)} == {v.value for v in values}


def test_theme_answers_to_protection_standards() -> None:
    """Every listed theme names Child Protection Minimum Standards, which are numbered 1 to 28."""
    for concept in vocabulary().scheme("themes"):
        assert not concept.listed or concept.cpms, concept.id
        assert set(concept.cpms) <= set(range(1, 29))


def test_themes_and_groups_have_phrases() -> None:
    """A concept without phrases would never be found."""
    for scheme in ("themes", "target-groups"):
        assert not [c.id for c in vocabulary().scheme(scheme) if not c.synonyms]


def test_every_concept_is_labelled_in_four_languages() -> None:
    """Every concept of every scheme has a label in English, French, Spanish and Arabic, the last in Arabic script."""
    for scheme in vocabulary().schemes():
        for concept in vocabulary().scheme(scheme):
            assert len(concept.labels) == 4, concept.id
            assert re.search(r"[\u0600-\u06ff]", concept.label_ar), concept.id
            assert concept.label_in("fr") == concept.label_fr
            assert concept.label_in("sw") == concept.label


def test_themes_and_groups_are_named_in_french_and_spanish() -> None:
    """Every theme and target group has phrases in French and Spanish, so that passages in them are tagged."""
    for scheme in ("themes", "target-groups"):
        for concept in vocabulary().scheme(scheme):
            assert concept.synonyms_fr, concept.id
            assert concept.synonyms_es, concept.id


def test_narrower_rolls_up() -> None:
    """A narrower concept counts as the listed one above it; one above all listed ones counts as none."""
    words = vocabulary()
    assert words.listed_ancestor("age-assessment") == "identification-screening"
    assert words.listed_ancestor("guardianship") == "guardianship"
    assert words.listed_ancestor("refugee-asylum-seeking-children") == "asylum-seekers-refugees"
    assert words.listed_ancestor("children-on-the-move") is None
    assert "girls" in {c.id for c in words.narrower("women-girls")}


def test_codes_inside_a_scheme() -> None:
    """A library card's short code finds its concept although ids are unique over all schemes."""
    assert vocabulary().by_code("document-types", "research").id != vocabulary().by_code("standings", "research").id
    with pytest.raises(VocabularyError, match="poem"):
        vocabulary().by_code("document-types", "poem")


def test_unknown_concept_says_where_to_look() -> None:
    """An unknown id or scheme is an error with the fix, not a KeyError."""
    with pytest.raises(VocabularyError, match=r"'shelterz'.*docs/vocabulary"):
        vocabulary().concept("shelterz")
    with pytest.raises(VocabularyError, match=r"'moods'.*themes"):
        vocabulary().scheme("moods")


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ('[[concept]]\nid = "care"\nlabel = "Again"\ndefinition = "D."', "'care'.*another id"),
        ('[[concept]]\nid = "a"\nlabel = " "\ndefinition = "D."', "'a'.*label"),
        ('[[concept]]\nid = "a"\nlabel = "A"\ndefinition = "D."\nbroader = ["zzz"]', "'a'.*'zzz'"),
        ('[[concept]]\nid = "=A b"\nlabel = "A"\ndefinition = "D."', "'=A b'.*small letters"),
        ('[[concept]]\nid = "a"\nlabel = "A"\ndefinition = "D."\nsynonims = ["x"]', "'a'.*not well formed"),
        ('[[concept]]\nlabel = "A"\ndefinition = "D."', "not well formed"),
        ("[[concept", "not TOML"),
    ],
)
def test_broken_vocabulary_is_refused(more: str, complaint: str) -> None:
    """Each broken rule names the file and the concept."""
    with pytest.raises(VocabularyError, match=complaint) as error:
        themes(more)
    assert "vocabulary/themes.toml" in str(error.value)


def test_circle_is_refused() -> None:
    """No concept is above itself, over however many steps."""
    circle = "".join(
        f'[[concept]]\nid = "{i}"\nlabel = "{i}"\ndefinition = "D."\nbroader = ["{above}"]\n'
        for i, above in ("ab", "bc", "ca")
    )
    with pytest.raises(VocabularyError, match="circle"):
        themes(circle)


def test_same_id_in_two_files_is_refused() -> None:
    """Ids are unique over all schemes, since links and tags name them alone."""
    with pytest.raises(VocabularyError, match="is also in"):
        load({"themes": ONE, "pillars": ONE})


def test_documented_schemes_are_the_shipped_ones() -> None:
    """docs/vocabulary.md lists every scheme with its number of concepts, and no other."""
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| (\d+) \|$", DOC.read_text("utf-8"), re.MULTILINE))
    shipped = {name: str(len(vocabulary().scheme(name))) for name in vocabulary().schemes()}
    assert rows == shipped


def test_documented_keys_are_those_of_a_concept() -> None:
    """docs/vocabulary.md explains every key that a concept may have, and no other."""
    from corpus.concepts import Concept

    part = DOC.read_text("utf-8").partition("## The keys of a concept")[2].partition("\n## ")[0]
    heads = (line.partition("—")[0] for line in part.splitlines() if line.startswith("- `"))
    explained = {key for head in heads for key in re.findall(r"`([a-z_]+)`", head)}
    assert explained == set(Concept.__struct_fields__) - {"scheme"}
