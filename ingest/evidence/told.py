"""The evidence card: what a document tells of how it was made, each time with the sentence that tells it.

Nothing is judged here: a field holds what the document says of itself, and one that it does not tell has no entry.
Read are the parts that speak of the method (by their headings), and elsewhere sentences whose subject is the
evaluation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.ids import fold
from corpus.model import Block, BlockKind, Page, Party, Passage, Told
from ingest.evidence.material import Said, sentences

MOST = {"commissioner": 4, "evaluator": 6, "method": 6, "interviews": 5, "sites": 4, "response_rate": 4, "limits": 12}
"""Entries of a field; more would be the method chapter itself."""

SHORT_CHARACTERS = 90
"""A lead-in of a limit is no longer; without one the sentence stands for itself."""

SENTENCE_CHARACTERS = 900
"""A longer "sentence" is a table run together."""

_METHOD_HEADING = re.compile(
    r"\b(?:method\w*|demarche|metodolog\w*|limitations?|limites|limitaciones|constraints|contraintes|"
    r"(?:approach|scope|objectives?|purpose|design) of the (?:[\w-]+ )?(?:evaluation|review|study)|"
    r"data (?:collection|sources?|analysis)|sampling|desk review|enfoque|recoleccion|collecte|echantillon\w*)\b|"
    r"^(?:[\d ]+)?evaluation (?:approach|design|process|scope|objectives?|purpose)\b"
)
_ANNEX_HEADING = re.compile(r"\b(?:annex\w*|appendix|anexos?)\b")
METHOD_SHARE = 0.4
"""A method is told in the first part of a report, or in an annex of its own: further on are findings on methods."""

_OWN_HEADING = re.compile(r"\b(?:summary|introduction|overview|resume|resumen|sommaire|introduccion)\b")
_LIMITS_HEADING = re.compile(
    r"\b(?:limitations?|limits|limites|limitaciones|constraints|contraintes|limitantes)\b(?! of liability)"
)
_NOT_OWN = re.compile(
    r"\b(?:terms of reference|termes de reference|terminos de referencia|tors?|inception report|recommend\w+|"
    r"lessons?|guides?|"
    r"good practices|questionnaires?|protocols?|questions)\b"
)
_OF_EVALUATION = re.compile(
    r"\b(?:(?:this|the|our)\s(?:[\w-]+\s){0,3}(?:evaluation|review|assessment|study|consultant|evaluators?|survey)|"
    r"evaluation\steam|evaluators?|cette\sévaluation|l[’']évaluation|la\sevaluación|esta\sevaluación|la\smission)\b",
    re.IGNORECASE,
)

_TECHNIQUES: tuple[tuple[str, str], ...] = (
    ("desk review", r"desk[\s-](?:review|research|study|based)|document(?:ary|ation|s)?\s(?:review|analysis)|"
        r"review\sof\s(?:[\w-]+\s){0,2}(?:documents?|documentation|reports)|revue\sdocumentaire|"
        r"analyse\sdocumentaire|revisión\sdocumental"),
    ("interviews", r"interviews?(?!ee)|entretiens?|entrevistas?"),
    ("focus groups", r"focus[\s-]groups?|fgds?\b|group\sdiscussions?|discussions?\sde\sgroupe|grup(?:o|"
        r"os)\sfocal(?:es)?"),
    ("survey", r"surveys?\b|questionnaires?|enquêtes?\b|sondages?|encuestas?|cuestionarios?"),
    ("observation", r"observations?\b|observación"),
    ("field visits", r"(?:field|site)[\s-]visits?|visites?\sde\sterrain|visitas?\sde\scampo|field\smissions?"),
    ("case studies", r"case\sstud(?:y|ies)|études?\sde\scas|estudios?\sde\scaso"),
    ("statistics", r"statistical|statistics|regression|quantitative"),
    ("workshops", r"workshops?\b|ateliers?\b|talleres\b"),
)  # fmt: skip
_TECHNIQUE = tuple((name, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for name, pattern in _TECHNIQUES)
_SAYS_HOW = re.compile(
    r"\b(?:method\w*|mixed|combin\w+|relied|techniques?|triangulat\w+|approche|méthod\w*|metodolog\w*|métodos?|"
    r"conducted|included)\b",
    re.IGNORECASE,
)
_WAS_DONE = re.compile(
    r"\b(?:was|were)\s(?:\w+\s)?(?:sent|conducted|carried\sout|held|administered|distributed|undertaken|organi[sz]ed)\b|"
    r"\b(?:a|ont)\sété\s(?:envoyée?|menée?|réalisée?|conduite?|organisée?)s?\b|\bse\s(?:realiz|llev|aplic|envi)\w+",
    re.IGNORECASE,
)
TECHNIQUES_LEAST = 2
"""A sentence that names fewer techniques does not tell the method, unless it says that one was used."""

_NUMBER = (
    r"(?:\d{1,3}(?:[,.\u202f]\d{3})*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|une?|"
    r"deux|"
    r"trois|quatre|cinq|sept|huit|neuf|dix|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)"
)
_MADE = (
    r"interviews|interviewed|entretiens|interrogée?s|entrevistas|entrevistad[oa]s|"
    r"focus[\s-]group(?:s|\sdiscussions)|FGDs|KIIs|discussions?\sde\sgroupe|grupos\sfocales"
)
_COUNTED = re.compile(
    rf"(?<![\w.,-])(?P<value>{_NUMBER}\s(?:[^\W\d][\w’'/-]*\s|\([\w\s]{{1,20}}\)\s|and\s){{0,7}}?(?:{_MADE}))\b|"
    rf"(?P<other>(?:interviews|entretiens|entrevistas)\s(?:\w+\s){{0,4}}?(?:with|of|avec|auprès\sde|con|"
    rf"a)\s(?:a\stotal\sof\s)?"
    rf"{_NUMBER}(?:\s[^\W\d][\w’'/-]*){{1,5}})",
    re.IGNORECASE,
)
_NOT_MADE = re.compile(r"\b(?:not|pas|no)\b", re.IGNORECASE)
_INTERVIEWED = re.compile(
    r"\b(?:interviews|focus[\s-]groups?(?:\sdiscussions)?|entretiens|entrevistas)\s(?:\w+\s){0,2}?(?:were|was|"
    r"have\sbeen|ont\sété|fueron|se\s)"
    r"|\b(?:were|was)\s(?:also\s)?interviewed|\bseries\sof\sinterviews|\binterviews\s(?:were\s)?conducted",
    re.IGNORECASE,
)
_PLACE = (
    r"(?:[A-ZÀ-Ý][\w’'-]+)(?:(?:,\s|\sand\s|\set\s|\sy\s|\s(?:de|da|of|the)\s|"
    r"\s)(?:and\s)?(?:[A-ZÀ-Ý][\w’'-]+))*"
)
_SITES = re.compile(
    rf"(?:visit(?:s|ed)?\s(?:was\s|were\s)?(?:\w+\s){{0,3}}?(?:to|in|at)\s|\bvisited\s|field\s?visits?[,\s]+(?:to|"
    rf"in)\s|"
    rf"field\s?work\s(?:[\w\s]{{0,80}}?)\sin\s|data\scollection\s(?:[\w\s]{{0,100}}?)\sin\s|"
    rf"visites?\s(?:de\sterrain\s)?(?:à|au|aux|en)\s|visitas?\s(?:de\scampo\s)?(?:a|"
    rf"en)\s)(?:the\s)?(?P<value>{_PLACE})"
)
_SITES_COUNTED = re.compile(
    rf"\bvisit(?:ed|s)\s(?:to\s)?(?P<value>{_NUMBER}\s(?:[\w-]+\s){{0,3}}?(?:sites|shelters|countries|centres|"
    rf"centers|provinces|"
    r"regions|communities|offices|schools|camps|towns|villages|projects|districts|municipalities))\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    rf"(?P<value>\d{{1,3}}(?:\.\d+)?\s?(?:%|per\s?cent|percent)\sresponse\srate|"
    rf"response\srates?\s(?:[\w]+\s){{0,3}}?(?:of|was|were|:)\s"
    rf"(?:about\s|approximately\s|around\s)?\d{{1,3}}(?:\.\d+)?\s?(?:%|per\s?cent|percent)|"
    rf"{_NUMBER}\s(?:[\w’'/-]+\s){{1,5}}?(?:responded|replied|answered)\b[^.;]{{0,60}}?(?:representing|or|"
    rf"\()\s?\d{{1,3}}(?:\.\d+)?\s?(?:%|per\s?cent)|"
    rf"(?:out\sof|of)\s(?:the\s)?{_NUMBER}\s(?:[\w’'-]+\s){{1,5}}?,?\s{_NUMBER}\s(?:responded|replied|answered)|"
    r"taux\sde\sréponse\s(?:\w+\s){0,3}?(?:de|:)\s\d{1,3}\s?%|tasa\sde\srespuesta\s(?:\w+\s){0,3}?(?:de|"
    r":)\s?(?:del\s)?\d{1,3}\s?%)",
    re.IGNORECASE,
)
_CHILDREN = (
    r"(?:children|girls|boys|adolescents|minors|young\speople|youth|enfants|mineurs|adolescentes?|"
    r"niñ[oa]s|UASCs?|UAMs?)"
)
_HEARD = re.compile(
    rf"(?:interviews?|focus[\s-]groups?(?:\sdiscussions)?|FGDs?|consultations?|discussions?|workshops?|entretiens|"
    rf"entrevistas)\s"
    rf"(?:were\s|was\s)?(?:also\s)?(?:held\s|conducted\s|carried\sout\s|organi[sz]ed\s)?(?:with|of|avec|"
    rf"auprès\s(?:de|d[’']|des)|con)\s"
    rf"(?:[\w’'-]+,?\s){{0,8}}?{_CHILDREN}\b|"
    rf"\b{_CHILDREN}\s(?:[\w’'-]+\s){{0,6}}?(?:were|was)\s(?:also\s)?(?:interviewed|consulted|heard|surveyed)|"
    rf"(?:interviewed|consulted|surveyed|spoke\s(?:to|with))\s(?:[\w’'-]+,?\s){{0,4}}?{_CHILDREN}\b",
    re.IGNORECASE,
)
_NOT_HEARD = re.compile(
    rf"\b(?:no\s{_CHILDREN}\s(?:[\w-]+\s){{0,4}}?(?:were|was)|{_CHILDREN}\s(?:[\w’'-]+\s){{0,6}}?(?:were|was|"
    rf"could)\snot\s(?:be\s)?"
    rf"(?:\w+\s)?(?:interviewed|consulted|heard|surveyed|included|reached)|"
    rf"(?:not|unable\sto|did\snot)\s(?:possible\sto\s)?(?:directly\s)?(?:interview|consult|hear|survey|"
    rf"speak\s(?:to|with))\s(?:[\w-]+\s){{0,3}}?{_CHILDREN}|"
    rf"without\s(?:interviewing|consulting|hearing)\s(?:[\w-]+\s){{0,3}}?{_CHILDREN})",
    re.IGNORECASE,
)
_LIMITING = re.compile(
    r"\b(?:due\sto\s(?:\w+\s){0,3}(?:constraints?|limitations?|restrictions?|availability)|(?:time|financial|"
    r"budget\w*|resource|"
    r"language)\sconstraints?|(?:was|were|is|are)\s(?:\w+\s){0,2}(?:constrained|limited|hampered|hindered|"
    r"restricted|not\savailable|"
    r"not\spossible|highly\svariable)|rendered\s(?:more\s)?difficult|difficult\sto\s(?:draw|assess|compare|"
    r"measure|reach)|"
    r"should\sbe\s(?:interpreted|read|treated)\swith\scaution|(?:could|will)\snot\sbe\s(?:conducted|verified|"
    r"visited|reached)|"
    r"lack\sof\s(?:\w+\s){0,3}data|limited\s(?:data|sample|time|availability|access)|not\s(?:be\s)?representative|"
    r"low\sresponse\srate|recall\sbias|selection\sbias|contraintes?\sde|faible\staux|no\sfue\sposible|"
    r"falta\sde\sdatos)\b",
    re.IGNORECASE,
)
_ITS_RESULTS = re.compile(
    r"\b(?:evaluation|evaluators?|consultant|review|study|analysis|data|interviews?|survey|comparison|assessment|"
    r"findings|visits?|"
    r"reports?|évaluation|évaluateur|données|collecte|evaluación|datos|sample)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?P<lead>[^.:;–—]{4,90}?)(?::\s|\s[-–—]\s|\.\s(?=[A-Z]))")
_HINTS = (
    "interview", "focus", "fgd", "kii", "discussion", "visit", "field work", "fieldwork", "collect", "desk",
    "document",
    "survey", "questionnaire", "observ", "response rate", "responded", "replied", "answered", "constrain", "limit",
    "caution", "difficult", "not available", "highly variable", "lack of", "bias", "representative", "consult",
    "case stud",
    "statisti", "quantitativ", "entretien", "enquêt", "sondage", "contrainte", "réponse", "entrevista", "encuesta",
    "respuesta", "no fue", "falta de",
)  # fmt: skip
"""One of these is in every sentence that tells something."""


def card(pages: Sequence[Page], passages: Sequence[Passage], parties: Iterable[Party]) -> dict[str, tuple[Told, ...]]:
    """What a document tells of its evidence, by field; see `corpus.evidence.EVIDENCE_FIELDS`."""
    found: dict[str, list[Told]] = {name: [] for name in MOST}
    listed: list[Told] = []
    for party in parties:
        if party.role in ("commissioner", "evaluator"):
            told = Told(value=party.name, quote=party.quote, page=party.page, page_label=party.page_label)
            found[party.role].append(told)
    children: list[tuple[bool, Told]] = []
    for said in sentences(passages, _HINTS):
        if len(said.text) > SENTENCE_CHARACTERS or said.text.endswith(("?", ":")) or not _speaks_of_method(said):
            continue
        for name, value in _values(said):
            found[name].append(_told(said, value))
            if name == "method" and _opens_with_technique(said):
                listed.append(found[name][-1])
        children += ((heard, _told(said, "yes" if heard else "no")) for heard in _children(said))
    found["method"] = _widest(found["method"], listed)
    found["limits"] = [*_limits(pages)] or found["limits"]
    chosen = {name: _best(name, told) for name, told in found.items()}
    chosen["children_heard"] = _heard(children)
    return {name: told for name, told in chosen.items() if told}


def _speaks_of_method(said: Said) -> bool:
    """Whether a sentence stands where the method is told, or has the evaluation as its subject near the beginning."""
    headings = [fold(heading) for heading in said.path]
    if any(_NOT_OWN.search(heading) for heading in headings):
        return False
    method = any(_METHOD_HEADING.search(heading) for heading in headings[-2:])
    if any(_ANNEX_HEADING.search(heading) for heading in headings):
        return method
    if method and said.share < METHOD_SHARE:
        return True
    own = said.share < 0.15 or any(_OWN_HEADING.search(heading) for heading in headings)
    return own and _OF_EVALUATION.search(f"{said.lead_in} {said.text}") is not None


def _values(said: Said) -> Iterator[tuple[str, str]]:
    text = said.text
    techniques = [name for name, pattern in _TECHNIQUE if pattern.search(text)]
    if len(techniques) >= TECHNIQUES_LEAST or (techniques and (_opens_with_technique(said) or _WAS_DONE.search(text))):
        yield "method", ", ".join(techniques)
    counted = [" ".join((m["value"] or m["other"]).split()) for m in _COUNTED.finditer(text)]
    counted = [value for value in counted if not _NOT_MADE.search(value)]
    if counted:
        yield from (("interviews", value) for value in counted)
    elif _INTERVIEWED.search(text):
        yield "interviews", ""
    for pattern in (_SITES, _SITES_COUNTED):
        yield from (("sites", m["value"]) for m in pattern.finditer(text))
    yield from (("response_rate", " ".join(m["value"].split())) for m in _RATE.finditer(text))
    if _LIMITING.search(text) and _ITS_RESULTS.search(text):
        yield "limits", ""


def _opens_with_technique(said: Said) -> bool:
    """Whether a sentence is an item of the list of methods."""
    under = f"{said.lead_in} {' '.join(said.path[-2:])}"
    return (
        (said.item or bool(said.lead_in))
        and _LISTS_METHODS.search(under) is not None
        and any(p.search(said.text[:ITEM_OPENING]) for _, p in _TECHNIQUE)
    )


_LISTS_METHODS = re.compile(r"m[eé]tod|m[eé]thod|approach|d[eé]marche|data\b|donn[eé]es|datos", re.IGNORECASE)
ITEM_OPENING = 70
"""Characters within which an item of a list of methods names its technique."""


def _children(said: Said) -> Iterator[bool]:
    if _NOT_HEARD.search(said.text):
        yield False
    elif _HEARD.search(said.text):
        yield True


def _heard(told: Sequence[tuple[bool, Told]]) -> tuple[Told, ...]:
    """Whether children were heard: yes, no, or partly where the document says both; with what says so."""
    if not told:
        return ()
    answers = {heard for heard, _ in told}
    value = "partly" if len(answers) == 2 else ("yes" if True in answers else "no")
    first = dict(reversed(told))
    return tuple(Told(value=value, quote=t.quote, page=t.page, page_label=t.page_label) for t in first.values())


def _told(said: Said, value: str) -> Told:
    return Told(value=value, quote=said.text, page=said.page, page_label=said.label)


def _best(name: str, told: Sequence[Told]) -> tuple[Told, ...]:
    """What is kept of a field: each sentence and value once.

    An interview that no number counts is told only where none does.
    """
    once = {(one.value.casefold(), "" if one.value else fold(one.quote)): one for one in reversed(told)}
    kept = sorted(once.values(), key=told.index)
    if name == "interviews" and any(one.value for one in kept):
        kept = [one for one in kept if one.value]
    return tuple(kept[: MOST[name]])


def _widest(told: Sequence[Told], listed: Sequence[Told]) -> list[Told]:
    """The sentences that together name all techniques: items of the list of methods, then those that say how."""

    def rank(one: Told) -> tuple[bool, bool, int]:
        return one not in listed, _SAYS_HOW.search(one.quote) is None, -one.value.count(",")

    covered: set[str] = set()
    kept = []
    for one in sorted(told, key=rank):
        names = set(one.value.split(", "))
        if names - covered:
            kept.append(one)
            covered |= names
    return sorted(kept, key=told.index)


# ---------------------------------------------------------------------------------------------- stated limits


def _limits(pages: Sequence[Page]) -> Iterator[Told]:
    """What stands under a heading over the evaluation's limitations: list items, table rows, else paragraphs."""
    inside = elsewhere = 0
    blocks: list[tuple[Block, Page]] = []
    for page in pages:
        for block in page.blocks:
            if block.kind is BlockKind.HEADING:
                folded = fold(block.text)
                if inside and block.level > inside:
                    continue
                elsewhere = 0 if block.level <= elsewhere else elsewhere
                if _ANNEX_HEADING.match(folded) or _NOT_OWN.search(folded):
                    elsewhere = elsewhere or block.level
                inside = block.level if _is_over_limits(folded) and not elsewhere else 0
            elif inside and not block.private and block.kind not in (BlockKind.FOOTNOTE, BlockKind.CAPTION):
                blocks.append((block, page))
    listed = [(b, p) for b, p in blocks if b.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE)]
    for block, page in listed or blocks:
        for text in _pieces(block):
            lead = _LEAD.match(text)
            value = lead["lead"].strip() if lead and len(lead["lead"]) <= SHORT_CHARACTERS else ""
            yield Told(value=value, quote=text, page=page.number, page_label=page.label)


def _is_over_limits(folded: str) -> bool:
    return bool(_LIMITS_HEADING.search(folded)) and len(folded.split()) <= 9


def _pieces(block: Block) -> Iterator[str]:
    """A list item or paragraph; of a table the first cell of each row but the head, where it says something."""
    if not block.rows:
        if len(block.text.split()) >= 6 and not block.text.rstrip().endswith((":", "?")) and not block.continues:
            yield block.text[:SENTENCE_CHARACTERS]
        return
    for number, row in enumerate(block.rows):
        if (number or block.continues) and len(row[0].split()) >= 2:
            yield row[0]
