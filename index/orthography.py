"""English words that are spelled in two ways (labour, labor), as one of them: rules, and small lists of our own.

`one_spelling` is used wherever a word is stemmed, so that the two are forms of one word, in texts and in queries;
searching exactly as typed still tells them apart.  Only whole words are changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_OUR = (
    "arb|ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|misdemean|neighb|od|parl|ranc|"
    "rig|rum|savi|sav|splend|tum|val|vap|vig"
)
"""Words that end in -our in Britain; their endings are those that keep the u there (honourable, but honorary)."""

_ER = "calib|cent|centilit|centimet|epicent|fib|kilomet|lit|lust|met|millilit|millimet|somb|spect|theat"
_DOUBLED = (
    "appal|cancel|channel|counsel|dial|distil|empanel|enrol|equal|fuel|fulfil|funnel|instil|jewel|label|level|marshal|"
    "marvel|model|panel|quarrel|rival|signal|total|travel|tunnel"
)
"""Verbs whose l is doubled before an ending in Britain, or everywhere in America."""

_RULES = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"(?<=[a-z]{3})iz(e|es|ed|ing|er|ers|able|ation|ations|ational|ationally)$", r"is\1"),
        (r"(?<=[a-z]{2})yz(e|es|ed|ing|er|ers)$", r"ys\1"),
        (
            rf"^(dis|mis|un)?({_OUR})or"
            r"(s|ed|ing|ings|er|ers|al|ally|able|ably|ful|hood|hoods|ite|ites|itism|less|ly|y)?$",
            r"\1\2our\3",
        ),
        (rf"^({_ER})er(s?)$", r"\1re\2"),
        (r"^(de)?center(ed|ing)$", r"\1centr\2"),
        (rf"^({_DOUBLED})(ed|er|ers|ing|ings|ist|ists|or|ors|ous|ously)$", r"\1l\2"),
        (r"^(appal|distil|enrol|fulfil|instil)l(s?)$", r"\1\2"),
        (r"^(enrol|fulfil|instal|instil)lment(s?)$", r"\1ment\2"),
        (r"^(skil|wil)l(ful|fully|fulness)$", r"\1\2"),
        (r"^(def|off|pret)ens(e|es|eless)$", r"\1enc\2"),
        (r"^(un)?licenc(e|es|ed)$", r"\1licens\2"),
        (r"^(mal|un)?practis(e|es|ed|ing)$", r"\1practic\2"),
        (r"^program(mes|me)$", lambda match: "programs" if match[1] == "mes" else "program"),
        (r"^(acknowledg|judg)ement(s?)$", r"\1ment\2"),
        (r"^(burn|dream|lean|learn)t$", r"\1ed"),
        (r"^(analog|catalog|dialog|monolog|prolog)ue(s?)$", r"\1\2"),
        (r"^(an|leuk|hypoglyc)aemi(?=[ac])", r"\1emi"),
        (r"^(arch)aeo(?=log)", r"\1eo"),
        (r"^(an|gyn)ae(?=sthe|colog)", r"\1e"),
        (r"^(ortho|encyclo|)paed(?=i)", r"\1ped"),
        (r"^haem(?=o|a)", "hem"),
        (r"^diarrhoea", "diarrhea"),
        (r"^f(o)etus", "fetus"),
        (r"^manoeuv(?:re|er)", "maneuver"),
        (r"^caesar(?=[ei]an)", "cesar"),
        (r"^gr(?:a)y(?=$|s$|ed$|ing$|ish$)", "grey"),
        (r"^ag(?:e)ing$", "aging"),
        (r"^skeptic", "sceptic"),
        (r"^enquir(?=y$|ies$|e$|ed$|es$|ing$)", "inquir"),
        (r"^(focus|benefit|target|bias)(?:s|t)(ed|es|ing)$", r"\1\2"),
        (r"^(?:pa|py)jamas$", "pyjamas"),
        (r"^jewel(?:le)?ry$", "jewellery"),
        (r"^plow(?=$|s$|ed$|ing$)", "plough"),
        (r"^aluminum$", "aluminium"),
        (r"^mom(?=s?$)", "mum"),
        (r"^gaol(?=$|s$|ed$)", "jail"),
    )
)

_CONCERNED = re.compile("|".join(("" if p.pattern.startswith("^") else ".*") + p.pattern for p, _ in _RULES))
"""Matches the words that a rule changes: one look instead of forty, for the most words are none of them."""

_PARTED = ("anti", "co", "e", "inter", "multi", "non", "pre", "re", "sub")
"""What is written with a hyphen behind it or without: co-operation, cooperation."""
_SHORTEST_REST = 4

_SWAPS = tuple(
    swap
    for one, other in (
        ("is", "iz"), ("ys", "yz"), ("our", "or"), ("re", "er"), ("ll", "l"), ("enc", "ens"), ("mme", "m"), ("ae", "e"),
        ("oe", "e"), ("ement", "ment"), ("ue", ""), ("learnt", "learned"), ("practis", "practic"), ("grey", "gray"),
        ("tred", "tered"), ("agei", "agi"), ("enq", "inq"),
    )
    for swap in ((one, other), (other, one))
    if swap[0]
)  # fmt: skip
"""What the two spellings of a word may have in place of one another."""


@lru_cache(maxsize=65_536)
def one_spelling(word: str) -> str:
    """A folded English word as one of its spellings, the same for both."""
    if not _CONCERNED.match(word):
        return word
    for pattern, spelling in _RULES:
        changed, count = pattern.subn(spelling, word, count=1)
        if count:
            return changed
    return word


@lru_cache(maxsize=65_536)
def spellings(word: str) -> tuple[str, ...]:
    """The other spellings of a folded English word."""
    candidates = (swapped for one, other in _SWAPS if one in word for swapped in _swapped(word, one, other))
    meant = one_spelling(word)
    return tuple(c for c in dict.fromkeys(candidates) if c != word and one_spelling(c) == meant)


def written_otherwise(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """One folded word parted as by a hyphen, or the two parts of one that was typed with a hyphen joined."""
    if len(words) == 2:
        yield ("".join(words),)
    elif len(words) == 1:
        rests = ((prefix, words[0].removeprefix(prefix)) for prefix in _PARTED if words[0].startswith(prefix))
        yield from ((prefix, rest) for prefix, rest in rests if len(rest) >= _SHORTEST_REST)


def _swapped(word: str, one: str, other: str) -> Iterator[str]:
    """The word with another ending in each place in turn."""
    at = word.find(one)
    while at >= 0:
        yield word[:at] + other + word[at + len(one) :]
        at = word.find(one, at + 1)
