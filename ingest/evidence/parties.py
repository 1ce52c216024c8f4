"""The organisations that a document names with their part: by the words that say so, and by labelled fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from corpus.evidence import PartyRole
from corpus.ids import fold
from corpus.model import Acronym, Bibliography, Page, Party, Passage, Practice
from ingest.evidence.material import Field, Said, fields, sentences
from ingest.evidence.names import Name, is_organisation, known_names, names_before, names_from

QUOTE_CHARACTERS = 200
"""A sentence that takes longer to say it is quoted from where it names the part."""

EACH_ROLE = 12
"""More organisations of one role are a list of everybody."""

_PROJECT = r"(?:project|programme?|action|initiative|intervention|practice|proyecto|programa|projet|iniciativa)"
_EVALUATION = r"(?:(?:meta-)?evaluation|évaluation|evaluación)"
_STUDY = r"(?:review|assessment|study|exercise|report|étude|rapport|estudio|informe|revisión|cas[ee]\sstudy)"
_THE = r"(?:the|this|our|said|le|ce|cette|cet|l[’']|la|el|este|esta|present|présente?)"
_THIS = r"(?:this|the\spresent|ce|cette|cet|este|esta|la\sprésente|el\spresente)"
_NAMED_PROJECT = r"\bproject\s(?-i:[A-Z])\w+|\b(?-i:[A-Z])\w+\sproject\b"
_ABOUT_PROJECT = rf"\b{_THE}\s?[^.;:,()]{{0,160}}?\b{_PROJECT}\b|{_NAMED_PROJECT}"
_ABOUT_EVALUATION = (
    rf"\b{_THE}\s?(?:[\w-]+\s){{0,4}}?{_EVALUATION}\b|\b{_THIS}\s(?:[\w-]+\s){{0,4}}?{_STUDY}\b|"
    rf"(?<!\bune\s)(?<!\buna\s)\b{_EVALUATION}(?=,?\s(?:was\s|is\s)?(?:carried|conducted|commissioned|réalisée|menée|conduite|commanditée|"
    r"realizada|elaborada|encargada)\b)"
)
_PROJECT_AFTER = re.compile(
    rf"[^.;:]{{0,250}}?(?:\b(?:the|this)\s(?:[\w-]+\s){{0,5}}project\b|{_NAMED_PROJECT})", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:other|similar|previous|earlier|first|last|next|initial|technical|baseline|projects|programmes|"
    r"interventions|"
    r"activities|evaluations|autres|précédente?|otros|otras|anterior)\b",
    re.IGNORECASE,
)
"""With one of these between subject and verb, something else is spoken of than what the document is about."""
_OTHERS_WORK = re.compile(
    r"\b(?:list of|bibliograph|références|references|case stud|good practices|annex)", re.IGNORECASE
)
"""Headings over what others did."""
NEAR = 160
"""Characters between the subject and the words that tell the part."""

_DONOR = (
    r"(?:co-?)?(?:funded|financed|founded\sby\s.{3,60}\sand\sco-?funded)\sby|"
    r"with\s(?:the\s)?(?:generous\s)?(?:financial\s)(?:support|assistance|contribution)s?\s(?:of|from)|"
    r"(?:received|with)\sfunding\sfrom|(?:co-?)?financée?s?\spar|avec\sl[’']appui\sfinancier\s(?:de|du|des)|"
    r"(?:co-?)?financiad[oa]s?\spor|con\sel\sapoyo\sfinanciero\sde"
)
_IMPLEMENTER = (
    r"(?:jointly\s|being\s|directly\s)?(?:implemented|executed|delivered|run|managed|"
    r"(?<!uation\s)carried\sout)\s(?:jointly\s)?by|"
    r"under\sthe\s(?:overall\s)?management\sof|(?:mise?s?\sen\sœuvre|exécutée?s?|mise?s?\sen\soeuvre)\spar|"
    r"(?:ejecutad|implementad)[oa]s?\spor"
)
_EVALUATOR = (
    r"(?:conducted|carried\sout|undertaken|performed|prepared|led|written|realised|completed)\s(?:internally\s|"
    r"jointly\s)?by|"
    r"(?:menée?s?|réalisée?s?|conduite?s?|préparée?s?)\spar|(?:realizad|llevad[oa]s?\sa\scabo|elaborad)[oa]?s?\spor"
)
_COMMISSIONER = (
    r"(?:was\s|been\s|is\s)?commissioned\s(?:jointly\s)?by|on\sbehalf\sof|commanditée?s?\spar|"
    r"pour\sle\scompte\sd(?:e|u|es)|"
    r"encargad[oa]s?\spor|por\sencargo\sde"
)
_PARTNER = (
    r"in\s(?:close\s|full\s)?(?:partnership|joint\smanagement|collaboration|cooperation|coordination)\swith|"
    r"en\s(?:partenariat|collaboration)\savec|en\s(?:colaboración|alianza|asociación)\scon"
)

_SUBJECTS: tuple[tuple[PartyRole, str, str], ...] = (
    ("donor", _DONOR, _ABOUT_PROJECT),
    ("implementer", _IMPLEMENTER, _ABOUT_PROJECT),
    ("partner", _PARTNER, _ABOUT_PROJECT),
    ("evaluator", _EVALUATOR, _ABOUT_EVALUATION),
    ("commissioner", _COMMISSIONER, _ABOUT_EVALUATION),
)
_SPOKEN = tuple((role, re.compile(words, re.I), re.compile(subject, re.I)) for role, words, subject in _SUBJECTS)
_ACTIVE: tuple[tuple[PartyRole, re.Pattern[str]], ...] = (
    (
        "implementer",
        re.compile(
            rf"\s(?:has\s)?(?:jointly\s)?(?:implemented|executed|ran)\s(?:the|this)\s[^.;:]{{0,120}}?\b{_PROJECT}", re.I
        ),
    ),
    ("commissioner", re.compile(rf"\s(?:has\s)?commissioned\sthis\s[^.;:]{{0,60}}?\b{_EVALUATION}", re.I)),
    (
        "evaluator",
        re.compile(rf"\s(?:has\s)?(?:conducted|carried\sout|undertook)\sthis\s[^.;:]{{0,40}}?\b{_EVALUATION}", re.I),
    ),
)
_OPENING: tuple[tuple[PartyRole, re.Pattern[str]], ...] = (
    ("commissioner", re.compile(rf"\s(?:has\s)?commissioned\san?\s[^.;:]{{0,60}}?\b{_EVALUATION}", re.I)),
    ("implementer", re.compile(rf"\simplemented\san?\s[^.;:]{{0,60}}?\b{_PROJECT}\s(?:called|entitled|named)", re.I)),
)
OPENING_SHARE = 0.1
"""Only so near the beginning does "an evaluation" or "a project called …" mean what the document is about."""
_FUNDED = re.compile(rf"\b{_THE}\s(?P<name>[^\W\d_][\w&-]*(?:\s[^\W\d_][\w&]*){{0,3}})[-‐]funded\s{_PROJECT}\b", re.I)
_APPOSED: tuple[tuple[PartyRole, re.Pattern[str]], ...] = (
    ("donor", re.compile(r"\s?[:–]\s(?:le\s|the\s)?(?:principal\s|main\s)?(?:bailleur|donor|funder|donante)", re.I)),
    (
        "implementer",
        re.compile(
            r"\s?[:–]\s(?:les\s|the\s)?(?:agences?\sde\smise\sen\sœuvre|implementing\s(?:agenc|partner)|"
            r"agencias?\sejecutor)",
            re.I,
        ),
    ),
)
_HINTS = (
    "funded by", "financed by", "financial support", "financial assistance", "financial contribution", "funding from",
    "implemented", "executed", "delivered by", "delivered jointly", "run by", "managed by", "management of",
    "carried out",
    "conducted", "undert", "performed by", "prepared by", "led by", "written by", "completed by", "realised by",
    "commissioned", "partnership with", "management with", "collaboration with", "cooperation with",
    "coordination with",
    "on behalf of", "compte d", "por encargo", "-funded", "donor", "funder", "implementing", "financé",
    "appui financier", "en œuvre", "en oeuvre", "exécuté", "mené",
    "réalisé",
    "conduit", "préparé", "commandit", "partenariat avec", "collaboration avec", "bailleur", "financiad",
    "apoyo financiero",
    "ejecuta", "ejecutor", "implementad", "realizad", "llevad", "elaborad", "encargad", "colaboración con",
    "alianza con",
    "asociación con", "donante",
)  # fmt: skip
"""One of these is in every sentence that tells a part."""

_LABELS: tuple[tuple[PartyRole, re.Pattern[str]], ...] = (
    ("donor", re.compile(r"(?:co )?(?:donors?|funders?|funding (?:source|agency|partners?)|funded by|financed by|"
        r"source of funding|bailleurs?(?: de fonds)?|donantes?|financiador(?:es)?)(?: s)?(?: organi[sz]ations?)?")),
    ("implementer", re.compile(r"(?:(?:main )?(?:implementing|executing|executed by|implemented by|"
        r"lead) ?(?:organi[sz]ations?|agenc(?:y|ies)|partners?|entit(?:y|ies)|body)?(?: s)?|implementers?|"
        r"agence d execution|agencia ejecutora|organismo ejecutor|organi[sz]ations? (?:responsible|in charge))")),
    ("commissioner", re.compile(r"(?:evaluation )?commissioned by|commissioning (?:organi[sz]ation|agency|office)|"
        r"commanditaire")),
    ("evaluator", re.compile(r"evaluators?(?: s)?|evaluation (?:team|carried out by|conducted by|firm|"
        r"consultants?)|(?:conducted|carried out|authored|prepared|written) by|authors?(?: s)?|evaluateurs?|"
        r"evaluador(?:es|a)?|auteurs?|autor(?:es|a)?")),
    ("partner", re.compile(r"(?:project |main |key )?partners?(?: organi[sz]ations?| institutions?)?|"
        r"government partners?|partenaires?|socios?")),
)  # fmt: skip


def found(
    pages: Sequence[Page],
    passages: Sequence[Passage],
    acronyms: Iterable[Acronym],
    practices: Iterable[Practice],
    card: Bibliography,
    author: str = "",
) -> tuple[Party, ...]:
    """The parties of a document, each name once in each role, in the order in which they are told.

    An acronym that the document explains is written out.

    The authors on the ``card`` of an evaluation are the only private persons among them; ``author`` is whom the file
    itself calls so.  Laws, guidance and research speak of other people's work: of them only the makers are told.
    """
    evaluation = card.document_type in _EVALUATIONS
    authors = card.authors if evaluation else ()
    acronyms = tuple(acronyms)
    spelled = {fold(a.short): a.long for a in acronyms}
    known = known_names(acronyms)
    told = [
        *(_of_cover(pages[0] if pages else None, author, known) if card.document_type == "evaluation-report" else ()),
        *_of_fields(pages, known, authors),
        *_of_practices(practices),
        *_of_sentences(passages, known),
    ]
    if card.document_type in _OF_OTHERS:
        told = [party for party in told if party.role in ("evaluator", "commissioner")]
    kept: dict[tuple[str, str], Party] = {}
    count: dict[str, int] = {}
    for party in told:
        key = (party.role, fold(_named(party.name, spelled)))
        if key not in kept and count.get(party.role, 0) < EACH_ROLE:
            long = spelled.get(fold(party.name))
            kept[key] = msgspec.structs.replace(party, name=f"{long} ({party.name})") if long else party
            count[party.role] = count.get(party.role, 0) + 1
    return tuple(kept.values())


def _named(name: str, spelled: dict[str, str]) -> str:
    """A name as it is compared: an acronym as its long form, a long form without the acronym in brackets."""
    bare = re.sub(r"\s*\([^()]*\)$", "", name)
    bare = re.sub(r"^(?:the|le|la|les|el|los|l[’'])\s*", "", bare, flags=re.IGNORECASE)
    return spelled.get(fold(bare), bare)


# ---------------------------------------------------------------------------------------------- fields


def _of_fields(pages: Sequence[Page], known: frozenset[str], authors: Sequence[str]) -> Iterator[Party]:
    named = frozenset(map(fold, authors))
    for told in fields(pages[:FIELD_PAGES]):
        role = _role_of(told.label)
        if role is None:
            continue
        for name in _values(told, known, named):
            yield Party(name=name, role=role, quote=told.quote, page=told.page, page_label=told.page_label)


_EVALUATIONS = ("evaluation-report", "brief", "synthesis", "plan", "other")
_OF_OTHERS = ("law", "guidance", "research")
FIELD_PAGES = 12
"""The labelled fields of a cover, an imprint and a summary table; further in they are other projects'."""


def _of_cover(page: Page | None, author: str, known: frozenset[str]) -> Iterator[Party]:
    """Who an evaluation was made for, by a line "for" on its cover; and the office that the file calls its author.

    The author counts where it is an organisation whose name stands on the cover.
    """
    if page is None:
        return
    lines = [(line.strip(), n) for n, block in enumerate(page.blocks) for line in block.text.split("\n")]
    for (line, _), (after, _) in pairwise(lines):
        if _FOR.fullmatch(fold(line)) and is_organisation(after, known) and len(after.split()) <= COVER_NAME_WORDS:
            yield Party(name=after, role="commissioner", quote=after, page=page.number, page_label=page.label)
    for line, _ in lines:
        if is_organisation(author, known) and len(line.split()) > 1 and f" {fold(line)} " in f" {fold(author)} ":
            yield Party(name=line, role="evaluator", quote=line, page=page.number, page_label=page.label)


COVER_NAME_WORDS = 14
_FOR = re.compile(
    r"(?:(?:prepared|submitted|commissioned) )?(?:for|to|by the order of)|pour|para|prepare pour|elaborado para"
)


def _role_of(label: str) -> PartyRole | None:
    folded = fold(label)
    return next((role for role, pattern in _LABELS if pattern.fullmatch(folded)), None)


def _values(told: Field, known: frozenset[str], authors: frozenset[str]) -> Iterator[str]:
    """The organisations that a field's value names, and a person who is author on the cover."""
    for part in re.split(r"\s*[;\n|•▪]\s*", told.value):
        person = re.sub(r"^(?:Mrs?|Ms|Dr|Mme|M|Sra?)\.?\s", "", part.partition(",")[0]).strip(" .,")
        if fold(person) in authors:
            yield person
            yield from (
                n.text for n in names_from(part, part.find(",") + 1, known) if "," in part and len(n.text.split()) > 1
            )
        elif is_organisation(part.strip(), known) and len(part.split()) <= 14 and part[:1].isupper():
            found = names_from(part, 0, known)
            yield from (name.text for name in found)


def _of_practices(practices: Iterable[Practice]) -> Iterator[Party]:
    """What a practice's template told of its organisations and donors."""
    for practice in practices:
        roles: tuple[tuple[PartyRole, tuple[str, ...]], ...] = (
            ("implementer", practice.organisations),
            ("donor", practice.donors),
        )
        for role, names in roles:
            yield from (Party(name=name, role=role) for name in names)


# ---------------------------------------------------------------------------------------------- sentences


def _of_sentences(passages: Sequence[Passage], known: frozenset[str]) -> Iterator[Party]:
    for said in sentences(passages, _HINTS):
        text = said.text
        if text.endswith("?") or _OTHERS_WORK.search(" ".join(said.path)):
            continue
        for role, trigger, subject in _SPOKEN:
            for match in trigger.finditer(text):
                begin = _speaks_from(role, subject, text, match)
                if begin is not None:
                    yield from _parties(said, role, begin, match.end(), names_from(text, match.end(), known))
        for match in _FUNDED.finditer(text):
            if is_organisation(match["name"], known):
                named = [Name(*match.span("name"), match["name"])]
                yield from _parties(said, "donor", match.start(), match.end(), named)
        opening = _OPENING if said.share < OPENING_SHARE else ()
        for role, pattern in (*_ACTIVE, *opening, *_APPOSED):
            for match in pattern.finditer(text):
                named = names_before(text, match.start(), known)
                if named:
                    yield from _parties(said, role, named[0].start, match.end(), named)


def _speaks_from(role: PartyRole, subject: re.Pattern[str], text: str, match: re.Match[str]) -> int | None:
    """Where the words begin that tell a part of what the document is about; None where it is not spoken of.

    It stands not far before the words that tell the part, or, where they open the sentence, after them.
    """
    for found in subject.finditer(text):
        if found.end() > match.start():
            break
        between = text[found.end() : match.start()]
        if len(between) <= NEAR and not _OTHERS.search(f"{found[0]} {between}"):
            return found.start()
    opens = match.start() < NEAR and role not in ("evaluator", "commissioner")
    return match.start() if opens and _PROJECT_AFTER.match(text, match.end()) else None


def _parties(said: Said, role: PartyRole, begin: int, end: int, named: Sequence[Name]) -> Iterator[Party]:
    """Parties with the words that tell of them: from the sentence's begin, or, in a long one, from where it does."""
    for name in named:
        last = max(end, named[-1].end)
        quote = said.text[0 if last <= QUOTE_CHARACTERS else begin : last].strip()
        text = re.sub(r"[’']s$", "", name.text)
        yield Party(name=text, role=role, quote=quote, page=said.page, page_label=said.label)
