"""Sources' addresses: which do not answer any more."""

from __future__ import annotations

from flask import render_template

from corpus.model import Bibliography
from corpus.people import links as kept
from webapp.knowledge import knowledge
from webapp.pages.curator.door import blueprint


@blueprint.get("/links")
def links() -> str:
    """The addresses that want a look, the dead ones first, with the documents that have them."""
    here = knowledge()
    of_url: dict[str, list[Bibliography]] = {}
    for card in here.kept.cards():
        if card.url:
            of_url.setdefault(card.url, []).append(card)
    asked = [link for url, link in kept.links(here.people).items() if url in of_url]
    groups = [(state, [link for link in asked if link.state == state]) for state in kept.STATES]
    remarks = [link for link in asked if link.state == "alive" and link.reason]
    return render_template(
        "curator/links.html",
        groups=[(state, some if state != "alive" else remarks) for state, some in groups],
        alive=sum(link.state == "alive" for link in asked),
        unasked=len(of_url) - len(asked),
        of_url=of_url,
    )
