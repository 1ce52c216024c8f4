"""What is in the library, what waits for the writer, and what wants a curator's attention."""

from __future__ import annotations

from flask import render_template

from webapp.pages.curator.door import blueprint


@blueprint.get("")
def overview() -> str:
    """The first page."""
    return render_template("curator/overview.html")
