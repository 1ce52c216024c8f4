"""The linter of what is written by hand: practice records, notes, the glossary, translations and library cards.

`finding` is what it says, `files` knows which files there are and what each is; `records`, `notes`, `glossary` and
`cards` look at one file each.  `claims` judges a claim by itself and against the `originals` that it cites, `wording`
how near it is to a source's words, `harm` whether it could do harm.
"""

from corpus.lint.files import lint
from corpus.lint.finding import Finding, Report
from corpus.lint.originals import Original, Originals

__all__ = ["Finding", "Original", "Originals", "Report", "lint"]
