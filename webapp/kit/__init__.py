"""The offline kit: a home, or a part of it, as a ZIP file of pages that open from a stick without a server.

`make_kit` walks through the pages that the web app itself makes (`pages` turns their addresses into files), adds what a
browser needs to search them (`index.portable`, read by ``scripts/``) and packs it.  Of sources whose licence is not
known it carries short quotations and the way to the source, no pages.
"""

from webapp.kit.making import Kit, make_kit

__all__ = ["Kit", "make_kit"]
