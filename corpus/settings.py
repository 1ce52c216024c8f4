"""Every setting, in one table: the fields of `Settings`.

A setting's name carries its unit.  Values come, later ones winning, from the defaults here, from ``settings.toml`` in
the home, and from the environment as ``FINGERPOST_<NAME>``.  Help texts, documentation and checks are derived from this
table.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from corpus.errors import UsageError

ENV_PREFIX = "FINGERPOST_"
FILE_NAME = "settings.toml"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of one knowledge base."""

    max_file_mb: Annotated[int, Meta(ge=1, description="A file larger than this is refused, in megabytes.")] = 200
    max_archive_mb: Annotated[
        int, Meta(ge=1, description="How much a ZIP archive with all in it may unpack to, in megabytes.")
    ] = 4000
    max_pages: Annotated[int, Meta(ge=1, description="A PDF with more pages than this is refused.")] = 3000
    child_seconds: Annotated[int, Meta(ge=1, description="How long one file may take to be read, in seconds.")] = 60
    child_memory_mb: Annotated[
        int, Meta(ge=64, description="How much memory reading one file may add to the program, in megabytes.")
    ] = 768
    ocr_languages: Annotated[
        str,
        Meta(
            pattern=r"^([A-Za-z_]+(\+[A-Za-z_]+)*)?$",
            description="Languages of scanned pages, as Tesseract's codes; those installed are used; empty: no OCR.",
        ),
    ] = "eng+fra+spa"
    ocr_seconds_per_page: Annotated[
        int, Meta(ge=1, description="How long OCR may take for one scanned page, in seconds.")
    ] = 60
    ocr_max_pages: Annotated[
        int,
        Meta(
            ge=0, description="How many scanned pages of one file are read by OCR; the others are named in a warning."
        ),
    ] = 200
    fetch_seconds: Annotated[
        int, Meta(ge=1, description="How long fetching one address may take, redirects and all, in seconds.")
    ] = 120
    fetch_pause_seconds: Annotated[
        float, Meta(ge=0, description="Seconds between two requests to one site; its robots.txt may ask for more.")
    ] = 1.0
    workers: Annotated[int, Meta(ge=0, description="How many files are read at once; 0 means one for each core.")] = 0
    index_every_documents: Annotated[
        int, Meta(ge=1, description="During a long ingest the index is brought up to date after so many documents.")
    ] = 200
    catalogue_url: Annotated[
        str,
        Meta(
            description="Where the catalogue is kept: empty for SQLite in the home, or postgresql+psycopg://USER@HOST/NAME."
        ),
    ] = ""
    results_per_page: Annotated[int, Meta(ge=1, le=100, description="Hits on one page of the web search.")] = 10
    requests_per_minute: Annotated[
        int,
        Meta(ge=0, description="How many requests of one client are answered in a minute, static files apart; 0: all."),
    ] = 3600
    costly_requests_per_minute: Annotated[
        int, Meta(ge=0, description="How many of them may be pictures of pages, exports and feeds; 0: all.")
    ] = 120
    collections_per_hour: Annotated[
        int, Meta(ge=0, description="How many collections readers may make in an hour, all together; 0: none.")
    ] = 120
    trusted_proxies: Annotated[
        int,
        Meta(
            ge=0,
            description="How many proxies of yours every request passes; 0: who asks is read from the connection.",
        ),
    ] = 0
    picture_seconds: Annotated[
        int, Meta(ge=1, description="How long drawing one page as a picture may take, in seconds.")
    ] = 20
    pictures_mb: Annotated[
        int,
        Meta(ge=0, description="How much drawn pages may take on disk, in megabytes; those least asked for go first."),
    ] = 200
    public_url: Annotated[
        str, Meta(description="Where this knowledge base is reached by others; citations give it only when it is set.")
    ] = ""
    keep_unanswered: Annotated[
        bool, Meta(description="Whether searches that find nothing or little are kept; see docs/privacy.md for what.")
    ] = False
    contributions: Annotated[
        bool,
        Meta(description="Whether anybody may send practices and corrections to the curators; else they are files."),
    ] = False
    safety_contact: Annotated[
        str, Meta(description="Whom a reader may write to about a safety concern; shown on the safety page.")
    ] = ""


READING_SETTINGS = (
    "max_file_mb",
    "max_pages",
    "child_seconds",
    "child_memory_mb",
    "ocr_languages",
    "ocr_seconds_per_page",
    "ocr_max_pages",
)
"""The settings that change what a reading gives; their hash is part of the key by which unchanged files are skipped."""


class SettingRow(msgspec.Struct, frozen=True):
    """One row of the table: a setting's name, default and help."""

    name: str
    default: Any
    help: str

    @property
    def env(self) -> str:
        return ENV_PREFIX + self.name.upper()


def table() -> Iterator[SettingRow]:
    """The settings as rows, in the order of the class."""
    described = msgspec.json.schema(Settings)["$defs"]["Settings"]["properties"]
    for field in msgspec.structs.fields(Settings):
        yield SettingRow(field.name, field.default, described[field.name]["description"])


def load(folder: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of the home in ``folder``.

    Raises:
        UsageError: an unknown name or a value that does not fit, naming the file or variable.
    """
    values: dict[str, Any] = {}
    file = folder / FILE_NAME if folder else None
    if file and file.is_file():
        try:
            values = tomllib.loads(file.read_text("utf-8"))
            msgspec.convert(values, Settings)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
            raise UsageError(f"{file}: {error}. Correct this setting or remove the line.") from error
    for name, text in _from_environment(os.environ if environment is None else environment):
        try:
            msgspec.convert({name: text}, Settings, strict=False)
        except msgspec.ValidationError as error:
            raise UsageError(f"{ENV_PREFIX}{name.upper()}: {error}. Correct or unset this variable.") from error
        values[name] = text
    return msgspec.convert(values, Settings, strict=False)


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for row in table():
        if row.env in environment:
            yield row.name, environment[row.env]


def reading_hash(settings: Settings) -> str:
    """A short hash over the settings that change what a reading gives."""
    values = [getattr(settings, name) for name in READING_SETTINGS]
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()[:12]
