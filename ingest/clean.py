"""Characters: bytes into text, and text without what must never be stored.

The source's own characters stay (quotes, accents, joiners that Arabic and Persian need); what goes is what no reader
sees: control characters, surrogates, non-characters, and the marks that turn the direction of text around.
"""

from __future__ import annotations

import codecs
import re

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ODD_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls, except line ends
    "\xad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
    "\u202a-\u202e\u2066-\u206f"  # bidirectional embeddings, overrides, isolates; deprecated format marks
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # surrogates, non-characters, interlinear notes
    "\U000e0000-\U000e007f]"  # tag characters: text that nobody sees
)
_BLANKS = re.compile(r"\s+")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "koi8_r", "mac_roman",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip

_LATIN_BLOCKS = ("Basic Latin", "Latin", "General Punctuation", "Currency", "Control", "Letterlike", "Spacing Modifier")
_CODE_PAGES = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "ro", "hr", "sl", "bs", "sq"), "cp1250"),
    **dict.fromkeys(("tr", "az"), "cp1254"),
    **dict.fromkeys(("lt", "lv", "et"), "cp1257"),
    "vi": "cp1258",
}
"""The Windows code page of a language in Latin script, where it is not the Western one."""

GUESS_FROM_BYTES = 65_536
"""An encoding is guessed from so much of a file: the guess costs time for each candidate."""

BROKEN_UTF8_MAX = 0.002
"""Up to this share of undecodable characters a file is UTF-8 with a flaw, not another encoding."""


def clean(text: str) -> str:
    """Text with line ends as LF and every odd space as a plain one, without code points that are not to be seen."""
    return _UNSEEN.sub("", _ODD_SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """Clean text with every run of white space as one space, none at the ends."""
    return _BLANKS.sub(" ", clean(text)).strip()


def decode(data: bytes, declared: str = "") -> str:
    """A file's bytes as (uncleaned) text: by byte order mark, as UTF-8, as declared, else by a guess.

    Never raises: a byte that fits nothing becomes U+FFFD.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    wide = wide_encoding(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", "replace")
    if lenient.count("\ufffd") <= BROKEN_UTF8_MAX * len(lenient) and _has_wide_characters(lenient):
        return lenient
    return data.decode(_known(declared) or _guess(data), "replace")


def wide_encoding(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of Latin text is then NUL.  Blank when the bytes are not so."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > 0.4 * half and sample[0::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.4 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return ""


def _has_wide_characters(text: str) -> bool:
    """Whether some bytes did combine as UTF-8: only then is a stray byte a flaw of a UTF-8 file."""
    return any(ord(c) > 0x7F and c != "\ufffd" for c in text)


def _known(declared: str) -> str:
    """The codec of a declared encoding; Latin-1 is read as Windows-1252, as browsers do."""
    try:
        name = codecs.lookup(declared.strip()).name if declared.strip() else ""
    except LookupError:
        return ""
    return "cp1252" if name in ("iso8859-1", "ascii") else "" if name.startswith("utf") else name


def _guess(data: bytes) -> str:
    """The most plausible legacy encoding.

    charset-normalizer tells the scripts apart; among the code pages of Latin script, which differ in a few letters, the
    language decides (it shows through the plain letters even under a wrong code page).
    """
    from charset_normalizer import from_bytes  # both load models: only for the few files that need a guess

    from ingest.language import detect

    best = from_bytes(data[:GUESS_FROM_BYTES], cp_isolation=_CANDIDATES).best()
    if best is not None and any(not a.startswith(_LATIN_BLOCKS) for a in best.alphabets):
        return best.encoding
    language = detect(data[:GUESS_FROM_BYTES].decode("cp1252", "replace"))
    return _CODE_PAGES.get(language, "cp1252")
