"""Pictures of printed pages: drawn in a process of their own, the quotation marked, what is withheld painted over.

``python -m ingest.pictures`` reads a `corpus.picture.PictureJob` as msgpack from standard input and writes the picture
to standard output.  Whoever shows pages calls it as a program, so that no page's fonts or images can break the server.
"""
