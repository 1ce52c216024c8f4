"""A quiz as QTI 1.2.1 in the profile of the Common Cartridge 1.1: multiple choice and multiple response."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from index.lists import clean
from webapp.exports.dossier import QuizItem
from webapp.exports.packing import as_text, guarded, shorter, tag

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_SCHEMA = "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_qtiasiv1p2p1_v1p0.xsd"
_WHOLE = "100"
"""The points of a right answer: all of what the question is worth."""


def assessment(title: str, items: Iterable[QuizItem]) -> Markup:
    """The quiz as a document of QTI: an exam that may be taken again and tells why an answer is right."""
    about = {
        "xmlns": _QTI,
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": f"{_QTI} {_SCHEMA}",
    }
    told = _metadata(
        cc_profile="cc.exam.v0p1",
        qmd_assessmenttype="Examination",
        qmd_scoretype="Percentage",
        qmd_feedbackpermitted="Yes",
        qmd_hintspermitted="No",
        qmd_solutionspermitted="Yes",
        cc_maxattempts="unlimited",
    )
    section = tag("section", {"ident": "questions"}, *(_item(at, item) for at, item in enumerate(items, 1)))
    return tag("questestinterop", about, tag("assessment", {"ident": "assessment", "title": title}, told, section))


def _metadata(**fields: str) -> Markup:
    lines = (
        tag("qtimetadatafield", None, tag("fieldlabel", None, name), tag("fieldentry", None, value))
        for name, value in fields.items()
    )
    return tag("qtimetadata", None, *lines)


def _item(at: int, item: QuizItem) -> Markup:
    several = sum(answer.right for answer in item.answers) > 1
    profile = "cc.multiple_response.v0p1" if several else "cc.multiple_choice.v0p1"
    choices = (
        tag("response_label", {"ident": f"answer-{nth}"}, _material(answer.text))
        for nth, answer in enumerate(item.answers, 1)
    )
    response = tag(
        "response_lid",
        {"ident": "response", "rcardinality": "Multiple" if several else "Single"},
        tag("render_choice", None, *choices),
    )
    told = item.explanation.strip()
    why = tag("itemfeedback", {"ident": "why"}, tag("flow_mat", None, _material(told))) if told else ""
    return tag(
        "item",
        {"ident": f"question-{at}", "title": shorter(item.text)},
        tag("itemmetadata", None, _metadata(cc_profile=profile)),
        tag("presentation", None, _material(item.text), response),
        tag("resprocessing", None, *_scoring(item, several=several)),
        why,
    )


def _scoring(item: QuizItem, *, several: bool) -> Iterable[Markup]:
    """All points for exactly the right answers, none else; the explanation whatever was answered.

    ``case`` changes nothing here, but Moodle finds the right ones of several answers by it.
    """
    score = {"varname": "SCORE", "vartype": "Decimal", "minvalue": "0", "maxvalue": _WHOLE}
    yield tag("outcomes", None, tag("decvar", score))
    if item.explanation.strip():
        shown = tag("displayfeedback", {"feedbacktype": "Response", "linkrefid": "why"})
        yield tag("respcondition", {"continue": "Yes"}, tag("conditionvar", None, tag("other")), shown)
    conditions = []
    for nth, answer in enumerate(item.answers, 1):
        chosen = tag("varequal", {"respident": "response", "case": "Yes"}, f"answer-{nth}")
        if answer.right:
            conditions.append(chosen)
        elif several:
            conditions.append(tag("not", None, chosen))
    met = tag("and", None, *conditions) if several else conditions[0]
    points = tag("setvar", {"varname": "SCORE", "action": "Set"}, _WHOLE)
    yield tag("respcondition", {"continue": "No"}, tag("conditionvar", None, met), points)


def _material(text: str) -> Markup:
    """A text as HTML in XML: escaped for the one, then for the other."""
    shown = tag("p", None, guarded(clean(text)))
    return tag("material", None, tag("mattext", {"texttype": "text/html"}, as_text(shown)))
