"""What typography means: pure functions from glyph runs to lines, columns, headings, notes, lists, tables."""
