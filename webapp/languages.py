"""The language of a page: taken from its address, its words from the catalogues in ``translations/``.

``/fr/…``, ``/es/…`` and ``/ar/…`` are the pages of ``/…`` in French, Spanish and Arabic.  A middleware moves the prefix
from the path to where the application is mounted, so that routes know nothing of it and every `url_for` keeps it.
What is the same in every language (static files, the API) has one address, without a prefix.

Outside a request everything is English.  A message is a whole sentence with named placeholders, and a ``%`` that is
none is written ``%%``: ``gettext("%(n)s of %(all)s", n=3, all=7)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import LazyProxy
from flask import Flask, Response, has_request_context, request
from markupsafe import Markup, escape

from corpus.messages import N_, Message
from corpus.model import Value

__all__ = [
    "LANGUAGES",
    "N_",
    "Application",
    "Interface",
    "gettext",
    "here",
    "install",
    "language",
    "lazy_gettext",
    "ngettext",
    "number",
    "pgettext",
    "speaking",
    "told",
]

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENGLISH = "en"
DOMAIN = "translations"
"""The folder of the catalogues, one ``<language>.po`` each."""
ONE_COPY = ("/static/", "/api/")
"""What has no language: an address in front of which no prefix stands."""
_KEY = "fingerpost.language"
_SPOKEN: ContextVar[str] = ContextVar("spoken", default="")
LONG_QUERY = 1500
"""Bytes of a question from which its page does not repeat it for every language, so that the page stays small."""


class Interface(Value, frozen=True):
    """A language that pages can be read in: its code, its own name, and how its lines run."""

    code: str
    name: str
    direction: str
    offer: str
    """What an English page says to a reader whose browser would rather have this language."""

    @property
    def is_english(self) -> bool:
        return self.code == ENGLISH

    @property
    def prefix(self) -> str:
        return "" if self.is_english else f"/{self.code}"

    @property
    def locale(self) -> Locale:
        """What numbers, dates and names of countries are written by: British English, else the language's own."""
        return Locale.parse("en_GB" if self.is_english else self.code)


LANGUAGES = {
    language.code: language
    for language in (
        Interface(code=ENGLISH, name="English", direction="ltr", offer=""),
        Interface(code="fr", name="Français", direction="ltr", offer="Cette page en français"),
        Interface(code="es", name="Español", direction="ltr", offer="Esta página en español"),
        Interface(code="ar", name="العربية", direction="rtl", offer="هذه الصفحة بالعربية"),
    )
}


# ---------------------------------------------------------------------------------------------- words


def language() -> Interface:
    """The language of what is being made: what is `speaking`, else the page's; English outside a request."""
    spoken = _SPOKEN.get()
    return LANGUAGES[spoken or (request.environ.get(_KEY, ENGLISH) if has_request_context() else ENGLISH)]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """What is made meanwhile is in this language (BCP 47) if it is one of ours: a file's in its author's."""
    own = code.partition("-")[0].lower()
    token = _SPOKEN.set(own if own in LANGUAGES else "")
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def gettext(message: str, /, **values: object) -> str:
    """A message in the page's language, its placeholders filled."""
    return catalogue(language().code).gettext(message) % values


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """A message whose form depends on a number, which is ``%(n)s`` in it."""
    return catalogue(language().code).ngettext(one, many, n) % {**values, "n": number(n)}


def number(n: float) -> str:
    """A number as the page's language writes it; digits are those of the documents' pages in every language."""
    return _number(n, language().code)


@lru_cache(maxsize=4096)
def _number(n: float, code: str) -> str:
    """The same, kept: a page of results has hundreds of counts, most of them small."""
    return format_decimal(n, locale=LANGUAGES[code].locale, numbering_system="latn")


def pgettext(context: str, message: str, /, **values: object) -> str:
    """A message whose English means different things: ``context`` says which."""
    return catalogue(language().code).pgettext(context, message) % values


def lazy_gettext(message: str, /, **values: object) -> str:
    """A message that is put into the page's language when it is shown: for constants.

    It passes for a string in templates and f-strings only; where a real string is needed, mark it with `N_` and put it
    through `gettext` where it is shown.
    """
    return cast(str, LazyProxy(gettext, message, enable_cache=False, **values))


def told(message: str) -> str:
    """A sentence that another room made, in the page's language; what is no `Message` stays as it is.

    Words that were typed or come from documents run in their own direction in it.
    """
    if not isinstance(message, Message) or language().is_english:
        return str(message)  # plain: JSON takes no other kind of string
    values = {name: _within(value) for name, value in message.values.items()}
    return gettext(message.pattern, **values)


def _within(value: object) -> object:
    """What fills a placeholder: a sentence in the page's language, other words between marks that isolate them."""
    if isinstance(value, Message):
        return told(value)
    return f"\u2068{value}\u2069" if isinstance(value, str) else value


@cache
def catalogue(code: str) -> NullTranslations:
    """The messages of a language, read from its catalogue when first asked for; English needs none."""
    if code == ENGLISH:
        return NullTranslations()
    compiled = BytesIO()
    with resources.files("webapp").joinpath(DOMAIN, f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


# ---------------------------------------------------------------------------------------------- addresses


class Prefixed:
    """The application with the language in front of its paths."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        code, slash, rest = path.removeprefix("/").partition("/")
        if code in LANGUAGES and code != ENGLISH and not (slash + rest).startswith(ONE_COPY):
            environ[_KEY] = code
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{code}"
            environ["PATH_INFO"] = slash + rest or "/"
        return self._application(environ, start_response)


class Application(Flask):
    """A Flask application that is mounted once more for each language."""

    def url_for(self, endpoint: str, **values: Any) -> str:
        """The address of a page in the page's own language, and of what has no language without a prefix."""
        url = super().url_for(endpoint, **values)
        inner = url.removeprefix(_root())
        return _mount() + inner if inner.startswith(ONE_COPY) else url


def here(path: str) -> str:
    """A path of ours as a link on this page: in its language, and under where the application is mounted."""
    return (_mount() if path.startswith(ONE_COPY) else _root()) + path


def environment(interface: Interface) -> dict[str, str]:
    """What a request holds whose page is in a language: for pages that are made without one."""
    return {_KEY: interface.code, "SCRIPT_NAME": interface.prefix}


def this_page_in(interface: Interface) -> str:
    """The address of the page that is being made in another language, with its question if that is not very long."""
    asked = quote(request.query_string[: LONG_QUERY + 1], safe="%=&+;:,/?@!$'()*-._~")
    asked = asked if len(asked) <= LONG_QUERY else ""
    return _mount() + interface.prefix + quote(request.path) + (f"?{asked}" if asked else "")


def alternates() -> list[tuple[str, str]]:
    """The same page in every language, as code and address; none of a search, which no machine needs four times."""
    return (
        [(code, this_page_in(interface)) for code, interface in LANGUAGES.items()] if not request.query_string else []
    )


def _root() -> str:
    """What stands before every path on this page: the mount and the language."""
    return request.root_path.rstrip("/") if has_request_context() else ""


def _mount() -> str:
    """Where the application is mounted, whatever the language."""
    return _root().removesuffix(language().prefix)


# ---------------------------------------------------------------------------------------------- the application


def offered() -> Interface | None:
    """The language that the reader's browser would rather have than the English of this page; nobody is sent there."""
    if not language().is_english or not request.accept_languages:
        return None
    best = request.accept_languages.best_match(list(LANGUAGES), default=ENGLISH)
    return LANGUAGES[best] if best != ENGLISH else None


def install(app: Flask) -> None:
    """Serve the application in every language and give its templates their words."""
    app.wsgi_app = Prefixed(app.wsgi_app)  # type: ignore[method-assign]
    app.after_request(_told)
    jinja = app.jinja_env
    jinja.add_extension("jinja2.ext.i18n")
    jinja.policies["ext.i18n.trimmed"] = True
    jinja.newstyle_gettext = True  # type: ignore[attr-defined]
    jinja.globals.update(_=_marked(gettext), gettext=_marked(gettext), pgettext=_marked(pgettext))
    jinja.globals["ngettext"] = _marked(ngettext)
    jinja.filters["told"] = told
    jinja.globals.update(
        page_language=language,
        languages=LANGUAGES,
        this_page_in=this_page_in,
        alternates=alternates,
        offered=offered,
    )


def _marked(translate: Callable[..., str]) -> Callable[..., Markup]:
    """A function of this module for templates: messages may hold markup, what fills them is escaped."""

    def filled(*words: Any, **values: object) -> Markup:
        escaped = {name: value if isinstance(value, int) else escape(value) for name, value in values.items()}
        return Markup(translate(*words, **escaped))

    return filled


def _told(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.content_language.add(language().code)
        if language().is_english:
            response.vary.add("Accept-Language")  # English pages offer the reader's own language
    return response
