"""What ships with the program, in a home that people have worked in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from bench import first_day
from cli.main import main
from corpus import records, sources
from corpus.catalogue import Catalogue, CatalogueWriter, Published
from corpus.home import Home
from corpus.model import Voice

pytestmark = pytest.mark.slow

Cli = Callable[..., Result]


@pytest.fixture(scope="module")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with what ships."""
    home = tmp_path_factory.mktemp("shipped") / "home"
    assert CliRunner().invoke(main, ["init", "--home", str(home)]).exit_code == 0
    return home


@pytest.fixture
def home(first_home: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(first_home, tmp_path / "home")))


def new_version(monkeypatch: pytest.MonkeyPatch, **changes: str) -> None:
    """An upgrade of the program in which every shipped card and practice reads otherwise in these fields."""
    cards = tuple(msgspec.structs.replace(c, **changes) for c in sources.known())
    practices = tuple(
        msgspec.structs.replace(p, **{k: v for k, v in changes.items() if hasattr(p, k)}) for p in records.shipped()
    )
    monkeypatch.setattr(sources, "known", lambda: cards)
    monkeypatch.setattr(records, "shipped", lambda: practices)


def test_what_ships_answers_a_first_days_questions(first_home: Path) -> None:
    """Twenty questions that were written down before looking: what was found useful is still on each first page."""
    assert first_day.main(["--home", str(first_home)]) == 0


def test_what_we_retell_is_no_evaluators_voice(first_home: Path) -> None:
    """Statements of our own brief are nobody's voice: we judged no programme."""
    with Catalogue(Home(first_home).catalogue_url) as catalogue:
        voices = {statement.voice for statement in catalogue.all_statements()}
    assert voices == {Voice.UNCLEAR}


def test_a_question_without_an_answer_is_counted(first_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The benchmark can fail: a row whose things are gone from the page is no answer."""
    row = first_day.Question(number=1, text="guardianship", useful=("no-such-practice",))
    monkeypatch.setattr(first_day, "questions", lambda _: (row,))
    assert first_day.main(["--home", str(first_home)]) == 1


def test_a_curators_value_outlives_init_and_upgrades(
    home: Home, tmp_path: Path, fingerpost: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The field that a curator handed over stays; those nobody touched follow the new version, in every card."""
    card, other = (c.id for c in sources.known()[:2])
    (told := tmp_path / "told.csv").write_text(f"id,publisher\n{card},The curator's publisher\n", "utf-8")
    (note := tmp_path / "note.md").write_text("# Note\n\nA guardian should be appointed at once.\n", "utf-8")
    assert fingerpost("ingest", str(note), "--metadata", str(told), home=home.path).exit_code == 0
    assert fingerpost("init", home=home.path).exit_code == 0
    new_version(monkeypatch, publisher="The new version's publisher", rights="The new version's rights")
    assert fingerpost("init", home=home.path).exit_code == 0
    with Catalogue(home.catalogue_url) as catalogue:
        kept, refreshed = catalogue.card(card), catalogue.card(other)
    assert (kept.publisher, kept.rights) == ("The curator's publisher", "The new version's rights")
    assert (refreshed.publisher, refreshed.rights) == ("The new version's publisher", "The new version's rights")
    assert fingerpost("init", "--restore", card, home=home.path).exit_code == 0
    with Catalogue(home.catalogue_url) as catalogue:
        assert catalogue.card(card).publisher == "The new version's publisher"


def test_a_changed_practice_stays_and_an_untouched_one_is_refreshed(
    home: Home, fingerpost: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person's practice is left alone as a whole."""
    mine, untouched = records.shipped()[:2]
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        writer.put_practice(msgspec.structs.replace(mine, title="As the curator tells it"))
    new_version(monkeypatch, title="As the new version tells it")
    assert fingerpost("init", home=home.path).exit_code == 0
    with Catalogue(home.catalogue_url) as catalogue:
        assert catalogue.practice(mine.id).title == "As the curator tells it"
        assert catalogue.practice(untouched.id).title == "As the new version tells it"
    assert fingerpost("init", "--restore", mine.id, home=home.path).exit_code == 0
    with Catalogue(home.catalogue_url) as catalogue:
        assert catalogue.practice(mine.id).title == "As the new version tells it"


def test_what_was_removed_stays_away_until_it_is_asked_back(home: Home, fingerpost: Cli) -> None:
    """A practice, a card and our own brief: init passes over them without failing; --restore brings them back."""
    counted = json.loads(fingerpost("status", "--json", home=home.path).stdout)["counts"]
    brief = sources.shipped_briefs()[0].card.id
    removed = [records.shipped()[0].id, next(c.id for c in sources.known() if c.id != brief), brief]
    for identifier in removed:
        assert fingerpost("remove", identifier, home=home.path).exit_code == 0
    without = json.loads(fingerpost("status", "--json", home=home.path).stdout)["counts"]
    assert fingerpost("init", home=home.path).exit_code == 0
    assert json.loads(fingerpost("status", "--json", home=home.path).stdout)["counts"] == without != counted
    assert fingerpost("init", "--restore", "no-such-thing", home=home.path).exit_code == 2
    asked = [word for identifier in removed for word in ("--restore", identifier)]
    assert fingerpost("init", *asked, home=home.path).exit_code == 0
    assert json.loads(fingerpost("status", "--json", home=home.path).stdout)["counts"] == counted
    assert fingerpost("check", home=home.path).exit_code == 0


def test_a_withdrawn_sources_title_is_told_in_nothing_of_ours(home: Home, fingerpost: Cli) -> None:
    """Brief and notes name their sources: a withdrawn one's title goes from their text and from what a search finds."""
    title = next(card.title for card in sources.known() if card.id == "mario-project")

    def telling() -> list[str]:
        with Published(home.catalogue_url) as shown:
            pages = {doc: [page.text for page in shown.pages(doc)] for doc in shown.document_ids()}
            notes = {doc: [note.text for page in shown.pages(doc) for note in page.footnotes] for doc in pages}
        return [doc for doc in pages if any(title in text for text in (*pages[doc], *notes[doc]))]

    assert "sources-on-child-participation" in telling()
    assert fingerpost("withdraw", "mario-project", "--reason", "a test", home=home.path).exit_code == 0
    assert telling() == []
    assert title not in fingerpost("search", "protecting migrant children at risk", "--json", home=home.path).stdout
    assert fingerpost("check", home=home.path).exit_code == 0
