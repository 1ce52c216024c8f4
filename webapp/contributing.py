"""What was answered to the questions about a practice: as a record, with what is wrong and what looks private in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flask import Response
from werkzeug.datastructures import MultiDict

from corpus import own_records, privacy
from corpus.catalogue import Catalogue
from corpus.corrections import document_of
from corpus.drafting import NEW_SOURCE, Filled, plain, problems
from corpus.errors import NotInCatalogue, Withdrawn
from corpus.messages import Message
from corpus.model import PRACTICE_FIELDS, Value
from corpus.people.contributions import TEXT_MAX, Content, Practice, Sender
from corpus.people.showing import whole_of
from corpus.records import FrontMatter
from webapp.headers import no_store
from webapp.languages import ENGLISH, told
from webapp.languages import gettext as _
from webapp.problems import WITHDRAWN
from webapp.questions import QUESTIONS

NAME_MAX, LINE_MAX = 120, 500
MARKDOWN, TOML = "text/markdown; charset=utf-8", "application/toml"
PLACE_FIELDS = ("source", "page", "section")
NEW = "new_"
OF_SENDER = ("name", "mail", "named")
"""The questions about who sends it."""


def filled(typed: MultiDict[str, str]) -> Filled:
    """What was answered, as what a record is made of."""
    names = [name for name in FrontMatter.__struct_fields__ if name in QUESTIONS]
    return Filled(
        front={name: tuple(typed.getlist(name)) for name in names},
        told={name: typed.get(name, "") for name in PRACTICE_FIELDS},
        **{name: typed.get(name, "").strip() for name in PLACE_FIELDS},
        new_source={name: typed.get(NEW + name, "") for name in NEW_SOURCE},
    )


class Complaint(Value, frozen=True):
    """A sentence on what is wrong; ``language`` is blank where it is in the page's."""

    text: str
    language: str = ""


Wrong = dict[str, list[Complaint]]
"""What is wrong, by the name of the question that it is about, "" where it is about none."""


def complaint(sentence: str) -> Complaint:
    """A sentence of another room as it is shown: in the page's language where it was made for pages."""
    return Complaint(text=told(sentence), language="" if isinstance(sentence, Message) else ENGLISH)


def too_long(size: int, most: int) -> Complaint:
    """What is said of a text beyond all measure."""
    return Complaint(text=_("This is too long: %(n)s characters, and %(most)s are the most.", n=size, most=most))


def wrong_with(typed: MultiDict[str, str], catalogue: Catalogue) -> Wrong:
    """What keeps the answers from being a record."""
    size = sum(len(text) for _name, text in typed.items(multi=True))
    if size > TEXT_MAX:
        return {"": [too_long(size, TEXT_MAX)]}
    answers = filled(typed)
    found: Wrong = {
        question.name: [too_long(size, LINE_MAX)]
        for question in QUESTIONS.values()
        if question.form == "line" and (size := len(typed.get(question.name, ""))) > LINE_MAX
    }
    for name, sentences in problems(answers, own_records.citable(catalogue)).items():
        found.setdefault(name if name in QUESTIONS else "", []).extend(map(complaint, sentences))
    there = {*catalogue.practice_ids(), *catalogue.document_ids()}
    called = Complaint(text=_("Something here is called so already; give it another title."))
    if answers.id in there:
        found.setdefault("title", []).append(called)
    if answers.card and answers.card.id in {*there, answers.id}:
        found.setdefault("new_title", [called])
    return found


def title_of(content: Content, catalogue: Catalogue) -> str:
    """The title of what was sent: of a practice its sender's, of a correction its item's as readers may see it now."""
    if isinstance(content, Practice):
        return content.title
    try:
        practice, card = whole_of(catalogue, document_of(content.item))
    except Withdrawn:
        return _(WITHDRAWN)
    except NotInCatalogue:
        return content.item
    return practice.title if practice else card.title if card else content.item


def private_in(typed: MultiDict[str, str]) -> list[str]:
    """What in the answers looks like somebody's private data, each once; but for what a sender says of himself."""
    return list(dict.fromkeys(_private(text for name, text in typed.items(multi=True) if name not in OF_SENDER)))


def _private(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (text[one.start : one.end].strip() for one in privacy.find(text))


def sender_of(typed: Mapping[str, str]) -> Sender:
    """What a sender says of himself."""
    name, mail = (" ".join(plain(typed.get(key, "")).split())[:NAME_MAX] for key in ("name", "mail"))
    return Sender(name=name, mail=mail, named=bool(typed.get("named")) and bool(name))


def as_file(text: str, name: str, content_type: str) -> Response:
    """A text to be taken away."""
    response = Response(text, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    no_store(response)
    return response
