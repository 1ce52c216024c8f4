"""The ``fingerpost`` command.  Each verb's module is imported when the verb is used, so that a child process which
re-imports this module starts at once."""

from __future__ import annotations

import errno
import importlib
import re
import sys
from typing import Any, NoReturn

import click

from corpus import VERSION
from corpus.errors import FingerpostError, UsageError

VERBS = {
    "init": "cli.keeping:init",
    "ingest": "cli.keeping:ingest",
    "fetch": "cli.fetching:fetch",
    "remove": "cli.keeping:remove",
    "withdraw": "cli.withholding:withdraw",
    "sensitivity": "cli.withholding:sensitivity",
    "edit": "cli.editing:edit",
    "review": "cli.tending:review",
    "links": "cli.tending:links",
    "gaps": "cli.tending:gaps",
    "status": "cli.keeping:status",
    "rebuild": "cli.keeping:rebuild",
    "check": "cli.keeping:check",
    "search": "cli.asking:search",
    "statements": "cli.asking:statements",
    "show": "cli.asking:show",
    "tag": "cli.asking:tag",
    "cite": "cli.asking:cite",
    "digest": "cli.digesting:digest",
    "export": "cli.exporting:export",
    "collection": "cli.collections:collection",
    "kit": "cli.kitting:kit",
    "evaluate": "cli.evaluating:evaluate",
    "records": "cli.records:records",
    "backup": "cli.backing:backup",
    "restore": "cli.backing:restore",
    "curators": "cli.curators:curators",
    "work": "cli.working:work",
    "serve": "cli.serving:serve",
    "mcp": "cli.mcp:mcp",
}
"""Every verb and where it is."""

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The disk is full, the user's share of it is, or a file may not grow any more."""

_BROKEN = re.compile("[\udc80-\udcff]")
"""Bytes of the command line that are no text reach a program as these."""


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
            self._end(ctx, str(error), error.exit_code)
        except UnicodeEncodeError as error:
            if not _BROKEN.search(str(error.object)):
                raise
            self._end(ctx, "The words given hold bytes that are no UTF-8 text; write them again.", UsageError.exit_code)
        except OSError as error:
            if isinstance(error, BrokenPipeError):  # who reads our output has enough: click ends quietly
                raise
            where = f"{error.filename}: " if error.filename else ""
            if error.errno in NO_ROOM:
                told = "make room and run the command again. What was kept before is whole."
                self._end(ctx, f"{where}There is no room left to write ({error.strerror}); {told}", 1)
            self._end(ctx, f"{where}{error.strerror or error}; mend this and run the command again.", 1)

    @staticmethod
    def _end(ctx: click.Context, sentence: str, exit_code: int) -> NoReturn:
        click.echo(f"fingerpost: {sentence}", err=True)
        ctx.exit(exit_code)


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="fingerpost")
def main() -> None:
    """Knowledge base and good-practice search for people who protect children on the move."""


if __name__ == "__main__":
    sys.exit(main())
