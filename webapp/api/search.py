"""``/api/v1/search`` and ``/api/v1/suggest``: the same answers as the search page and its box, as JSON."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from index import answer
from index.answer import FACETS, SORTS, WHATS, AnswerJson, Request
from index.suggest import SORTS as SUGGESTED
from index.suggest import Suggestion
from webapp import address
from webapp.address import LAST_PAGE, Address
from webapp.api.operations import operation
from webapp.api.parameters import Choice, Parameter, Several, Whole, Yes
from webapp.api.shapes import SuggestionJson, Suggestions
from webapp.knowledge import knowledge
from webapp.languages import LANGUAGES, catalogue

HITS_MOST = 100
"""The most hits that one call returns."""


class Like(Parameter):
    """The thing that others shall be like."""

    def read(self, args: MultiDict[str, str]) -> str:
        return address.like(args)


QUESTION = Parameter("q", "The question, in the grammar of the search help; any text is one.")
FILTERS = tuple(
    Several(name, f"{heading}; repeat it for alternatives. A value that nothing has finds nothing and says so.")
    for name, heading in FACETS.items()
)
LANGUAGE = Choice("language", "The language of headings and of the pages that addresses lead to.", tuple(LANGUAGES))
SEARCH = (
    QUESTION,
    Choice("in", "What to look for.", WHATS),
    *FILTERS,
    Whole("limit", "The most hits in one answer.", default=10, most=HITS_MOST),
    Whole("offset", "How many hits to leave out first.", default=0, most=HITS_MOST * LAST_PAGE, least=0),
    Choice("sort", "In which order; programmes only for statements with together.", SORTS),
    Yes("diverse", "Spread the hits over documents."),
    Yes("together", "Statements of the same meaning as one hit."),
    Like("like", "The id of a thing: what is like it is found, in other documents."),
    Yes("exact", "Exactly what was typed: no other names, no corrected spelling."),
    Several("without", "A name that was added to the search, to be left out."),
)


@operation("/search", AnswerJson, tag="Search", parameters=SEARCH, errors=(404, 410, 503), known_only=False)
def search(**asked: Any) -> AnswerJson:
    """Find passages, statements, practices or documents: hits, exact counts, and what was searched for."""
    here = knowledge()
    filters = {name: asked.pop(name) for name in FACETS}
    chosen = {name: values for name, values in filters.items() if values}
    found = here.asked(Request(text=asked.pop("q"), what=asked.pop("in"), filters=chosen, **asked))
    return answer.to_json(found, here.settings.public_url)


@operation("/suggest", Suggestions, tag="Search", parameters=(QUESTION, LANGUAGE), errors=(503,), known_only=False)
def suggest(q: str, language: str) -> Suggestions:
    """What the words typed so far may become, those of one sort together; at most eight."""
    here = knowledge()
    typed = request.args.get("q", q)  # a space at the end says that the last word is whole
    public = here.settings.public_url.rstrip("/")
    return {"query": typed, "suggestions": [_told(one, public, language) for one in here.suggest(typed)]}


def _told(one: Suggestion, public_url: str, language: str) -> SuggestionJson:
    """A suggestion as JSON; its address is where choosing it leads, in a language of our pages."""
    path = one.path or Address(q=one.text, filters=one.filters).path
    return {
        "sort": one.sort,
        "sort_label": catalogue(language).gettext(SUGGESTED[one.sort]),
        "label": one.label,
        "means": one.means,
        "text": one.text,
        "filters": {name: list(values) for name, values in one.filters.items()},
        "count": one.count,
        "url": public_url + LANGUAGES[language].prefix + path,
    }
