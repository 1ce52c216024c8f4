"""The ``fingerpost`` command.  Each verb's module is imported when the verb is used, so that a child process which
re-imports this module starts at once."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from corpus import VERSION
from corpus.errors import FingerpostError

VERBS = {
    "init": "cli.keeping:init",
    "ingest": "cli.keeping:ingest",
    "remove": "cli.keeping:remove",
    "status": "cli.keeping:status",
    "rebuild": "cli.keeping:rebuild",
    "check": "cli.keeping:check",
    "search": "cli.asking:search",
    "statements": "cli.asking:statements",
    "show": "cli.asking:show",
    "tag": "cli.asking:tag",
    "cite": "cli.asking:cite",
    "serve": "cli.serving:serve",
}
"""Every verb and where it is."""


class Verbs(click.Group):
    """A group that imports a verb when it is asked for, and turns our errors into one sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FingerpostError as error:
            click.echo(f"fingerpost: {error}", err=True)
            ctx.exit(error.exit_code)


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="fingerpost")
def main() -> None:
    """Knowledge base and good-practice search for people who protect children on the move."""


if __name__ == "__main__":
    sys.exit(main())
