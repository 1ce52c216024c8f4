"""What has been gathered becomes a file: a dossier of quotations, practices and documents with the author's own words.

Who gathers fills a `dossier.Dossier`; the renderers know nothing of where it came from.
"""
