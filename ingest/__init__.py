"""From one file to one `Document`: a reader per format, then structure, then tagging, then statements.

This room knows nothing of search or the web.  `pipeline.ingest` is its door.
"""
