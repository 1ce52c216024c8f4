"""What all pages of collections share: the blueprint, its headers, the store, a collection as it may be shown."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from flask import Blueprint, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from corpus.errors import FingerpostError, UsageError
from corpus.people.collection_store import Collections, Kept, NoCollection, TooManyCollections
from corpus.people.collections import FOUND_MOST, EditedMeanwhile, Gathered, plain
from corpus.people.showing import ShownCollection, show
from webapp import problems
from webapp.headers import keyed
from webapp.knowledge import knowledge
from webapp.languages import told
from webapp.problems import NotHere, TooBusy

blueprint = Blueprint("collections", __name__, url_prefix="/collections")

OPEN_TO_ALL = ("collections.about",)
"""Pages that hold no key."""


@blueprint.after_request
def _secret(response: Response) -> Response:
    """No browser or proxy keeps these pages, no search engine lists them, and no link from them says where they are."""
    if request.endpoint in OPEN_TO_ALL:
        return response
    return keyed(response)


@blueprint.errorhandler(NoCollection)
@blueprint.errorhandler(TooManyCollections)
@blueprint.errorhandler(EditedMeanwhile)
@blueprint.errorhandler(UsageError)
def _in_words(error: FingerpostError) -> Response:
    """What the store says, as a page in the reader's language."""
    kinds = {NoCollection: NotHere, TooManyCollections: TooBusy}
    return problems.respond(problems.of(kinds.get(type(error), UsageError)(sentence(error))))


def store() -> Collections:
    """Where collections are kept."""
    here = knowledge()
    return Collections(here.people, here.settings.collections_per_hour)


def shown_now(kept: Kept) -> ShownCollection:
    """A collection as it may be shown at this moment."""
    return show(kept.content, knowledge().catalogue)


def sentence(error: FingerpostError) -> str:
    """What went wrong, in the page's language."""
    return told(error.args[0]) if error.args else str(error)


def as_found(gathered: tuple[Gathered, ...], form: MultiDict[str, str]) -> tuple[Gathered, ...]:
    """What was gathered, each with the words by which a search found it, as the form carries them."""
    return tuple(
        msgspec.structs.replace(one, found=plain(form.get(f"found-{one.item}", ""), FOUND_MOST)) for one in gathered
    )


def today() -> str:
    """The day on which something is gathered."""
    return datetime.now(UTC).date().isoformat()


def absolute(endpoint: str, key: str) -> str:
    """The whole address of one of these pages, to be given to others: the public one, else as it was asked for."""
    public = knowledge().settings.public_url.rstrip("/")
    return (public or request.host_url.rstrip("/")) + url_for(endpoint, key=key)
