"""Pictures that are data: drawn on the server, as SVG for pages and downloads, as PNG for slides.

`canvas` is a drawing of circles, lines and words that becomes both; `matrix` the evidence map, `world` countries.
"""
