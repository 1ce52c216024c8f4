"""What typography means: pure functions from a page's glyph runs to lines, columns, headings, notes, lists and tables."""
