"""What a country is to the migration spoken of: origin, transit, destination or return, where the text says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

Role = Literal["origin", "transit", "destination", "return"]

_PEOPLE = (
    "(?:migrants?|refugees?|asylum seekers?|children|minors|girls|boys|women|men|adolescents|youths?|people|persons|"
    "families|nationals|citizens|workers|victims|arrivals|enfants|mineurs|femmes|personnes|réfugiés|familles|"
    "travailleurs|ressortissants|niños|niñas|menores|mujeres|personas|refugiados|familias|trabajadores)"
)
_SUCH_AS = r"(?: such as| like| including| \(| :|:| comme| tels? que| telles? que| como)?"
_GO = "(?:go|goes|going|went|come|came|coming)"
_TRAVEL = "(?:travel(?:led|ed|ling|ing|s)?|mov(?:e|es|ed|ing)|pass(?:ed|ing|es)?|transit(?:ed|ing|s)?|cross(?:ed|ing)?)"
_SENT_BACK = (
    "(?:return(?:ed|ing|s|ees?)?|deport(?:ed|ation|ees?)?|repatriat(?:ed|ion|ing)|readmitted|readmission|"
    "sent (?:back|home))"
)
_LEAVE = "(?:fled|flee(?:ing)?|escap(?:ed|ing)|depart(?:ed|ing|ures?)?|displaced|originat(?:e|ed|ing))"
_HEAD = "(?:migrat(?:e|ed|es|ing|ion)|emigrat(?:e|ed|ing|ion)|head(?:ed|ing)|bound|en route|(?:on )?(?:the|their) way)"

_BEFORE: dict[Role, tuple[str, ...]] = {
    "return": (
        f"{_SENT_BACK} (?:home |back |voluntarily |safely )?to",
        f"{_GO} (?:home|back) to",
        f"countr(?:y|ies) of return{_SUCH_AS}",
        "(?:reintegrat(?:ion|ed|e)|returnees) in",
        "(?:retour(?:nés?|nées?|ner)?|rapatriés?|rapatriement|expulsés?|réintégration) (?:au|aux|en|vers|à)",
        "(?:retorn(?:o|ad[oa]s?|ar|an|aron)|deportad[oa]s?|deportación|repatriad[oa]s?|reintegración) (?:a|en|hacia)",
    ),
    "transit": (
        f"{_TRAVEL} (?:through|via|across)",
        "in transit (?:in|through)",
        f"(?:transit countr(?:y|ies)|countr(?:y|ies) of transit|pays de transit|países de tránsito){_SUCH_AS}",
        "(?:transit(?:ant|ent)?|pass(?:ant|ent)) par",
        "en transit (?:au|en|par)",
        "(?:tránsito|transitan|pasan) por",
    ),
    "destination": (
        f"(?:{_HEAD}|{_TRAVEL}|{_GO}|fled|flee|fleeing|journey)(?: abroad| irregularly)? (?:to|into|towards?|for)",
        "(?:trafficked|smuggled) (?:to|into)",
        "arriv(?:e|ed|es|al|als|ing) (?:in|to)",
        f"(?:destination (?:countr(?:y|ies)|states?)|countr(?:y|ies) of destination){_SUCH_AS}",
        f"(?:pays de destination|país(?:es)? de destino){_SUCH_AS}",
        "(?:migrer|migrent|migration|départs?|route) (?:vers|pour)",
        "(?:migrar|migran|migración|emigrar|rumbo|camino) (?:a|hacia)",
    ),
    "origin": (
        f"{_PEOPLE} (?:who (?:had )?(?:come|came|fled) )?(?:coming |arriving |fleeing |originating |trafficked )?from",
        f"{_LEAVE} (?:from|in)",
        "(?:fled|fleeing|flee|left|leaving|leave)",
        f"countr(?:y|ies) of origin{_SUCH_AS}",
        f"(?:pays d origine|país(?:es)? de origen){_SUCH_AS}",
        f"(?:originaires?|{_PEOPLE} (?:venant|venus|provenant)) (?:d|de|du|des)",
        "(?:procedentes?|provenientes?|originari[oa]s?) de",
    ),
}
"""What stands right before a country's name, in English, French and Spanish."""

_RIGHT_BEFORE = {
    role: re.compile(rf"\b(?:{'|'.join(phrases)}) ?(?:the |la |le |l |les |el |los )?$", re.IGNORECASE)
    for role, phrases in _BEFORE.items()
}
_WHO_MOVES = (
    "(?:migrants?|refugees?|asylum seekers?|nationals|unaccompanied|"
    "(?:girls|boys|women|children|adolescents|workers|minors) (?:abroad|who (?:migrat|travel|arriv|work)))"
)
_RETURNEES = re.compile(r"^ (?:\w+ )?(?:returnees?|deportees?)\b", re.IGNORECASE)
_ON_THE_MOVE = re.compile(rf"^ (?:\w+ )?{_WHO_MOVES}", re.IGNORECASE)
_LAST_WORD = re.compile(r"(\w+|[(:])\W*?(?: (?:the|la|le|l|les|el|los))? ?$")
_LAST_WORDS = frozenset({
    "to", "into", "toward", "towards", "for", "in", "from", "through", "via", "across", "as", "like", "including", "(",
    ":", "of", "country", "countries", "state", "states", "fled", "flee", "fleeing", "leave", "leaving", "left", "au",
    "aux", "en", "vers", "à", "a", "hacia", "par", "por", "d", "de", "du", "des", "pour", "comme", "que", "como",
    "origine", "origen", "destination", "destino", "transit", "tránsito", "return",
})  # fmt: skip
"""With which one of the phrases ends: what is looked at first, for it is quick."""
_MADE_TO_LEAVE = re.compile(r"\b(?:expulsion|expelled|deport|repatriat|evacuat|return of|returned)", re.IGNORECASE)
"""Those whom a country expels come from elsewhere."""
_IS = "^,? (?:is|as|being|remains|was|has become)(?: [a-z]+)? (?:an? |the )?(?:[a-z]+ ){0,2}?"
_IS_OF = re.compile(rf"{_IS}(?:country|point|place) of ([a-z, ]+)", re.IGNORECASE)
_IS_ONE = re.compile(rf"{_IS}(origin|transit|destination) country", re.IGNORECASE)

_LIST_JOINT = re.compile(r"^(?:,| and| or| y| et|, and|, or|/| &) ?(?:the )?$", re.IGNORECASE)
_ONWARD = re.compile(r"^,? (?:and )?(?:on)?(?:to|into|towards) (?:the )?$", re.IGNORECASE)
_BACK_FROM = re.compile(rf"\b{_SENT_BACK} from (?:[^.;:]{{1,40}}(?:,| and| or) )?(?:the )?$", re.IGNORECASE)

_LAST_REACH = 20
REACH = 70
"""So many characters before and after a name are looked at; a phrase that tells a role is shorter."""


def role_of(text: str, start: int, end: int, *, adjective: bool) -> Role | None:
    """The role that the words right around a country's name (characters ``start`` to ``end``) give it, if they do.

    ``text`` has spaces for hyphens and no apostrophes after elisions.
    """
    after = text[end : end + REACH]
    if adjective:
        return "return" if _RETURNEES.match(after) else "origin" if _ON_THE_MOVE.match(after) else None
    told = _IS_OF.match(after) or _IS_ONE.match(after)
    if told:
        named = {role for role in get_args(Role) if role in told[1].lower()}
        return named.pop() if len(named) == 1 else None
    before = text[max(0, start - REACH) : start]
    last = _LAST_WORD.search(before[-_LAST_REACH:])
    if not last or last[1].lower() not in _LAST_WORDS:
        return None
    role = next((role for role, pattern in _RIGHT_BEFORE.items() if pattern.search(before)), None)
    return None if role == "origin" and _MADE_TO_LEAVE.search(before) else role


def role_after(text: str, last: tuple[int, int], role: Role | None, start: int, end: int) -> Role | None:
    """The role of a country at ``start`` to ``end`` that its text does not tell, after one at ``last`` with its role.

    The next one of a list plays the same part; where a way leads on "from A to B", B is where it leads.
    """
    between = text[last[1] : start]
    if _LIST_JOINT.match(between):
        return None if text.startswith(" to ", end) else role  # "from A to B and C to D"
    if not _ONWARD.match(between):
        return None
    return "return" if _BACK_FROM.search(text[max(0, last[0] - REACH) : last[0]]) else "destination"


def chief_role(roles: Iterable[Role | None]) -> Role | Literal[""]:
    """The role that a country is most often given; blank where none is, or two are given equally often."""
    ranked = Counter(role for role in roles if role).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]
