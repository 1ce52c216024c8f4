"""Totals, counts of facets and pages agree with one another whatever is asked, by words and by meaning."""

from __future__ import annotations

import random
from itertools import count

import msgspec
import pytest
from shelf import IndexPlace, Shelf, passages_of

import corpus.meaning
from corpus.model import Bibliography, Standing, Statement, StatementKind, Voice
from index.answer import SORTS, WHATS, Answer, Request
from index.library import Library, bring_up_to_date

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(corpus.meaning.encoder() is None, reason="the model of meaning is not installed"),
]

WHO = [
    "girls",
    "a returned boy",
    "two families",
    "carers",
    "border police",
    "a guardian",
    "teachers",
    "the harbour crew",
]
DID = ["waited months for", "paid for", "asked about", "lost", "kept a register of", "were trained in", "refused"]
WHAT = [
    "a school place",
    "night shelter",
    "their papers",
    "the bus home",
    "an interpreter",
    "work on boats",
    "a hearing",
]
WHEN = ["last winter", "before the grant ended", "in two ports", "without being told", "in the third month"]
QUESTIONS = [
    "", "guardian", "guardian or carers at a hearing", "kids travelling alone", "school -police", '"night shelter"',
    "=papers", "enfants sans abri", "interpreter boats port winter", "Morocco", "price of copper", "title:report girls",
]  # fmt: skip
ORDERS = [sort for sort in SORTS if sort != "programmes"]  # that one is for statements gathered by their meaning
CHOSEN = ("theme", "country", "kind", "voice", "standing", "year", "language", "org", "doc")


def shelf_of(chance: random.Random, documents: int = 90) -> Shelf:
    """Short reports whose passages and statements say one another's things in other words, some of them twice."""
    shelf = Shelf()
    for number in range(documents):
        doc = f"doc-{number}"
        texts = {" ".join(map(chance.choice, (WHO, DID, WHAT, WHEN))) + "." for _ in range(chance.randint(2, 6))}
        themes = chance.sample(["guardianship", "child-labour", "education-access", "place:MA", "place:ET"], 2)
        passages = passages_of(doc, *sorted(texts), tags=tuple(themes), language=chance.choice(["en", "en", "fr"]))
        said = [
            Statement(
                id=passage.id.replace(".p", ".s", 1),
                doc=doc,
                passage=passage.id,
                text=passage.text,
                kind=chance.choice(list(StatementKind)),
                voice=chance.choice(list(Voice)),
            )
            for passage in passages
            if chance.random() < 0.6
        ]
        card = Bibliography(
            id=doc,
            title=f"Report {number}",
            date=str(2014 + number % 5),
            language="en",
            organisations=tuple(chance.sample(["IOM", "Harbour Aid", "OIM", "Oak Fund"], chance.randint(0, 2))),
            standing=chance.choice(list(Standing)),
        )
        shelf.put(card, passages, said)
    return shelf


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place, shelf = IndexPlace(tmp_path_factory.mktemp("counts")), shelf_of(random.Random(3))
    bring_up_to_date(place, shelf)
    return Library(place, shelf)


def request_of(chance: random.Random, library: Library) -> Request:
    """A question in any view, with one or two values of up to two facets chosen."""
    request = Request(text=chance.choice(QUESTIONS), what=chance.choice(WHATS), sort=chance.choice(ORDERS), limit=0)
    there = library.search(request).facets
    names = [name for name in chance.sample(CHOSEN, chance.randint(0, 2)) if there[name]]
    filters = {name: tuple(chance.sample([v.value for v in there[name]], min(2, len(there[name])))) for name in names}
    options = {"diverse": chance.random() < 0.3, "exact": chance.random() < 0.2}
    return msgspec.structs.replace(request, filters=filters, **options)


def paged(library: Library, request: Request, size: int) -> list[str]:
    ids: list[str] = []
    for page in count():
        hits = library.search(msgspec.structs.replace(request, limit=size, offset=page * size, facets=False)).hits
        if not hits:
            return ids
        ids += [hit.id for hit in hits]
    raise AssertionError("never ends")


@pytest.mark.parametrize("seed", range(60))
def test_every_count_is_what_one_finds(library: Library, seed: int) -> None:
    """The total is the number of different hits on all pages, in every view; the count beside a value is the total
    with that value chosen, also where values of the same facet are chosen already.
    """
    chance = random.Random(seed)
    request = request_of(chance, library)
    answer = library.search(request)
    ids = paged(library, request, chance.choice([3, 10, 50]))
    assert len(ids) == len(set(ids)) == answer.total == answer.totals[request.what]
    assert ids == [hit.id for hit in library.search(msgspec.structs.replace(request, limit=500)).hits]
    for name, value, counted in values_of(answer, chance):
        narrowed = msgspec.structs.replace(request, filters={**request.filters, name: (value,)})
        assert library.search(narrowed).total == counted, (request, name, value)


def values_of(answer: Answer, chance: random.Random) -> list[tuple[str, str, int]]:
    """Some values of every facet with their counts; what is chosen and leaves nothing is there to be given up."""
    listed = [(name, v.value, v.count) for name, values in answer.facets.items() for v in values if v.count]
    return chance.sample(listed, min(12, len(listed)))


@pytest.mark.parametrize("question", ["kids travelling alone", "guardian hearing", ""])
def test_counts_by_kind_and_standing_add_up(library: Library, question: str) -> None:
    """Every statement has one kind and one voice; one that stands twice in the same words may have two."""
    answer = library.search(Request(text=question, what="statements", limit=0))
    for name in ("kind", "voice"):
        assert sum(value.count for value in answer.facets[name]) >= answer.total > 0


@pytest.mark.parametrize("question", ["waited months for a school place", "guardian school"])
def test_what_is_near_in_meaning_counts_too(library: Library, question: str) -> None:
    """A document that holds only what is near in meaning was once searched again by fewer words when it was chosen:
    one hit was announced and four were shown."""
    answer = library.search(Request(text=question, limit=0))
    for value in answer.facets["doc"]:
        assert library.search(Request(text=question, filters={"doc": (value.value,)}, limit=0)).total == value.count
