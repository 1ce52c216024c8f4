"""A dossier as a course: an IMS Common Cartridge 1.1 (what Moodle, Canvas, Blackboard and Open edX read in).

Pages are web content, questions to discuss are topics, the quiz is QTI 1.2.1 in the cartridge's profile, every work is
a web link; what is for the facilitator is marked for instructors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from index.lists import clean
from webapp.exports import quiz
from webapp.exports.dossier import Dossier
from webapp.exports.hypertext import Hypertext, numbers_in
from webapp.exports.laying import Chapter, Laid, in_its_language, is_rightward, lay_out
from webapp.exports.packing import DECLARATION, as_text, guarded, joined, packed, shorter, tag
from webapp.languages import gettext as _
from webapp.present import outside

_CC = "http://www.imsglobal.org/xsd/imsccv1p1"
_LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM"
_PROFILE = "http://www.imsglobal.org/profile/cc/ccv1p1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


class _Thing(NamedTuple):
    """One thing in the course's menu: its kind as the cartridge calls it, where it stands, what it holds."""

    identifier: str
    title: str
    kind: str
    path: str
    contents: str
    for_teachers: bool = False


class _Folder(NamedTuple):
    identifier: str
    title: str
    things: tuple[_Thing, ...]


@in_its_language
def render(dossier: Dossier, style: str = "apa", accessed: date | None = None) -> bytes:
    """The dossier as an .imscc file."""
    laid = lay_out(dossier, style, accessed)
    folders = tuple(folder for folder in _folders(laid) if folder.things)
    files: list[tuple[str, str]] = [("imsmanifest.xml", DECLARATION + _manifest(laid, folders))]
    files += [(thing.path, thing.contents) for folder in folders for thing in folder.things]
    return packed(files)


def _folders(laid: Laid) -> Iterator[_Folder]:
    """The menu: what to read, what to discuss, the quiz, where it comes from."""
    by_name = {chapter.name: chapter for chapter in laid.chapters}
    parts = [chapter for chapter in laid.chapters if chapter.name.startswith("part-")]
    opening = laid.opening._replace(heading=_title(laid))
    yield _Folder("read", _title(laid), tuple(_page(laid, chapter) for chapter in (opening, *parts)))
    topics = tuple(_topic(at, question.text) for at, question in enumerate(laid.dossier.all_questions, 1))
    notes = tuple(_page(laid, by_name[name]) for name in ("facilitator",) if name in by_name)
    yield _Folder("discuss", _("Questions for discussion"), (*topics, *notes))
    yield _Folder("test", _("A short quiz"), tuple(_quiz(laid)))
    links = tuple(_link(at, source.work.title, source.work.url) for at, source in enumerate(laid.sources, 1))
    yield _Folder("sources", by_name["sources"].heading, (_page(laid, by_name["sources"]), *(t for t in links if t)))


def _title(laid: Laid) -> str:
    return shorter(laid.dossier.title) or _("Untitled")


# ---------------------------------------------------------------------------------------------- things


def _page(laid: Laid, chapter: Chapter) -> _Thing:
    """A chapter as a web page with its notes below; systems that take only what is in the body keep its language."""
    told = Hypertext(laid, shown=guarded)
    title = shorter(chapter.heading) or _title(laid)
    about = {"lang": laid.language, "dir": "rtl" if is_rightward("", laid.language) else "ltr"}
    inside = tag("div", about, told.chapter(chapter), told.notes(numbers_in(chapter.blocks)))
    head = tag("head", None, tag("meta", {"charset": "utf-8"}), tag("title", None, title))
    page = tag("html", about, head, tag("body", None, inside))
    return _Thing(
        f"page-{chapter.name}",
        title,
        "webcontent",
        f"pages/{chapter.name}.html",
        f"<!DOCTYPE html>\n{page}\n",
        chapter.for_teachers,
    )


def _topic(at: int, question: str) -> _Thing:
    title = shorter(question)
    text = tag("text", {"texttype": "text/html"}, as_text(tag("p", None, guarded(clean(question)))))
    topic = tag("topic", _root("imsdt_v1p1", "ccv1p1_imsdt_v1p1.xsd"), tag("title", None, title), text)
    return _Thing(f"topic-{at}", title, "imsdt_xmlv1p1", f"topic-{at}/topic.xml", DECLARATION + topic)


def _quiz(laid: Laid) -> Iterator[_Thing]:
    if laid.dossier.whole_quiz:
        title = _("A short quiz")
        contents = DECLARATION + quiz.assessment(title, laid.dossier.whole_quiz)
        yield _Thing("quiz", title, "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "quiz/assessment.xml", contents)


def _link(at: int, title: str, address: str) -> _Thing | None:
    """A web link to a work; nothing where it has no address on the web."""
    if not outside(address):
        return None
    told = shorter(title) or address
    inside = (tag("title", None, told), tag("url", {"href": address, "target": "_blank"}))
    link = tag("webLink", _root("imswl_v1p1", "ccv1p1_imswl_v1p1.xsd"), *inside)
    return _Thing(f"link-{at}", told, "imswl_xmlv1p1", f"link-{at}/link.xml", DECLARATION + link)


def _root(name: str, schema: str) -> dict[str, str]:
    """The attributes of a root element: its namespace and where its schema is."""
    space = f"{_CC}/{name}"
    return {"xmlns": space, "xmlns:xsi": _XSI, "xsi:schemaLocation": f"{space} {_PROFILE}/{schema}"}


# ---------------------------------------------------------------------------------------------- manifest


def _manifest(laid: Laid, folders: Sequence[_Folder]) -> Markup:
    things = [thing for folder in folders for thing in folder.things]
    digest = hashlib.sha256("".join(thing.contents for thing in things).encode()).hexdigest()[:32]
    schemas = {
        f"{_CC}/imscp_v1p1": f"{_PROFILE}/ccv1p1_imscp_v1p2_v1p0.xsd",
        f"{_LOM}/resource": f"{_PROFILE}/LOM/ccv1p1_lomresource_v1p0.xsd",
        f"{_LOM}/manifest": f"{_PROFILE}/LOM/ccv1p1_lommanifest_v1p0.xsd",
    }
    about = {
        "identifier": f"m{digest}",
        "xmlns": f"{_CC}/imscp_v1p1",
        "xmlns:lom": f"{_LOM}/resource",
        "xmlns:lomimscc": f"{_LOM}/manifest",
        "xmlns:xsi": _XSI,
        "xsi:schemaLocation": " ".join(f"{space} {schema}" for space, schema in schemas.items()),
    }
    menu = tag("item", {"identifier": "menu"}, *(_item(folder) for folder in folders))
    organization = tag("organization", {"identifier": "course", "structure": "rooted-hierarchy"}, menu)
    return tag(
        "manifest",
        about,
        _metadata(laid),
        tag("organizations", None, organization),
        tag("resources", None, *(_resource(thing) for thing in things)),
    )


def _item(folder: _Folder) -> Markup:
    lines = (
        tag("item", {"identifier": f"item-{thing.identifier}", "identifierref": thing.identifier}, _named(thing.title))
        for thing in folder.things
    )
    return tag("item", {"identifier": f"folder-{folder.identifier}"}, _named(folder.title), *lines)


def _named(title: str) -> Markup:
    return tag("title", None, title)


def _resource(thing: _Thing) -> Markup:
    """A page is told by its address, all else by its file alone."""
    page = thing.kind == "webcontent"
    about = {
        "identifier": thing.identifier,
        "type": thing.kind,
        "href": thing.path if page else "",
        "intendeduse": "lessonplan" if thing.for_teachers else "",
    }
    return tag("resource", about, _FOR_TEACHERS if thing.for_teachers else "", tag("file", {"href": thing.path}))


def _role(prefix: str, value: str) -> Markup:
    told = (tag(f"{prefix}:source", None, "IMSGLC_CC_Rolesv1p1"), tag(f"{prefix}:value", None, value))
    return tag(f"{prefix}:intendedEndUserRole", None, *told)


_FOR_TEACHERS = tag("metadata", None, tag("lom:lom", None, tag("lom:educational", None, _role("lom", "Instructor"))))


def _metadata(laid: Laid) -> Markup:
    """What the course is: title, language, introduction, aims, and that its rights are told work by work."""
    told = laid.dossier
    general = joined(
        (
            _texts("title", (_title(laid),), laid.language),
            tag("lomimscc:language", None, laid.language),
            _texts("description", (told.introduction, told.level, told.warning, *told.outcomes), laid.language),
        )
    )
    terms = _("Every quotation stands under the rights of its work: see the list of sources.")
    rights = joined(
        (
            tag(
                "lomimscc:copyrightAndOtherRestrictions",
                None,
                tag("lomimscc:value", None, "yes"),
            ),
            _texts("description", (terms,), laid.language),
        )
    )
    lom = tag("lomimscc:lom", None, tag("lomimscc:general", None, general), tag("lomimscc:rights", None, rights))
    return tag("metadata", None, tag("schema", None, "IMS Common Cartridge"), tag("schemaversion", None, "1.1.0"), lom)


def _texts(name: str, texts: Iterable[str], language: str) -> Markup:
    return joined(
        tag(f"lomimscc:{name}", None, tag("lomimscc:string", {"language": language}, guarded(clean(text))))
        for text in texts
        if text.strip()
    )
