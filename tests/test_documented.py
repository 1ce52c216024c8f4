"""What a person can use is documented: every verb and option, setting, route, search field and record field."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import click
import pytest

from bench.__main__ import BENCHMARKS
from cli.main import VERBS, main
from corpus import settings
from index.answer import FACETS

ROOT = Path(__file__).resolve().parent.parent


def doc(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_and_option_is_documented(verb: str) -> None:
    """docs/commands.md names each verb and each of its options."""
    text = doc("docs/commands.md")
    command = main.get_command(click.Context(main), verb)
    assert command is not None
    assert f"## fingerpost {verb}" in text
    section = text.split(f"## fingerpost {verb}\n", 1)[1].split("\n## ", 1)[0]
    options = [o for p in command.params if isinstance(p, click.Option) for o in p.opts]
    missing = [option for option in options if f"`{option}" not in section]
    assert not missing
    assert command.help


def test_every_setting_is_documented_with_its_default() -> None:
    """docs/settings.md holds the settings table row by row."""
    text = doc("docs/settings.md")
    missing = [r.name for r in settings.table() if f"| `{r.name}` | `{r.default!r}` | {r.help} |" not in text]
    assert not missing


def test_every_route_is_documented() -> None:
    """docs/web.md names the rule of every route that the application answers."""
    from webapp import create_app

    text = doc("docs/web.md")
    rules = {str(rule) for rule in create_app({}).url_map.iter_rules()}
    assert len(rules) > 10
    assert not {rule for rule in rules if f"`{rule}`" not in text}


def test_every_search_field_is_documented() -> None:
    """docs/search.md names every filter that can be typed."""
    text = doc("docs/search.md")
    assert not [name for name in FACETS if f"`{name}:" not in text]


def test_readme_commands_exist() -> None:
    """Every make target and fingerpost verb that the README shows is there."""
    readme = doc("README.md")
    targets = set(re.findall(r"^([a-z][\w-]*):", doc("Makefile"), re.M))
    assert set(re.findall(r"\bmake ([a-z][\w-]*)", readme)) <= targets
    assert set(re.findall(r"^\s*(?:\.venv/bin/)?fingerpost ([a-z]+)", readme, re.M)) <= set(VERBS)
    assert {"serve", "test"} <= set(re.findall(r"\bmake ([a-z][\w-]*)", readme))


def test_nothing_names_this_machine() -> None:
    """No tracked text carries a path of a developer's machine or a registry's address."""
    private = re.compile(r"(^|[\s\"'=(])/(work|root|home/\w+|tmp/\w+)/|files\.pythonhosted|pypi\.org/simple", re.M)
    files = [f for f in ROOT.rglob("*") if f.suffix in {".py", ".md", ".toml", ".cfg", ".sh", ".lock", ".html", ".css"}]
    kept_out = {".venv", ".venv-peer", "var", "build", ".git"}
    named = [
        str(f.relative_to(ROOT))
        for f in files
        if not kept_out & set(f.relative_to(ROOT).parts)
        and f.name != Path(__file__).name
        and private.search(f.read_text("utf-8"))
    ]
    assert not named


def test_every_benchmark_named_is_there() -> None:
    """``python -m bench`` lists only what can be run."""
    for name in BENCHMARKS:
        assert callable(importlib.import_module(f"bench.{name}").main)
