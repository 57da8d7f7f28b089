"""The command line: every file of `commands/` is one command, loaded only when it is asked for."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import sys
from pathlib import Path

import click

import commands
from processing.errors import FollowthroughError

DEFAULT_DATA = Path("data")
NO_COMMANDS = ("options",)  # what commands share


class Commands(click.Group):
    """Finds the commands by their files: `commands/status.py` holds the click command `status`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        names = [module.name for module in pkgutil.iter_modules(commands.__path__) if module.name not in NO_COMMANDS]
        return sorted(name.rstrip("_").replace("_", "-") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        # `import` is no possible name of a module
        name = "import_" if cmd_name == "import" else cmd_name.replace("-", "_")
        command: click.Command = getattr(importlib.import_module(f"commands.{name}"), name)
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_DATA,
    envvar="FOLLOWTHROUGH_DATA",
    show_default=True,
    help="Folder of the databases: archive.db, followthrough.db, private.db.",
)
@click.option("--verbose", "-v", is_flag=True, help="Log every step, not only what somebody must act on.")
@click.version_option(package_name="followthrough")
@click.pass_context
def cli(ctx: click.Context, data: Path, *, verbose: bool) -> None:
    """Followthrough holds the UK Government to its word on child sexual abuse.

    It gathers what ministers say and departments publish, finds every commitment in it, and tells what became
    of each. Start with `followthrough update`, then `followthrough serve`.

    Exit codes: 0 all went well; 1 something failed, and is named; 2 wrong usage.
    """
    ctx.obj = data
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s: %(message)s")


def main() -> None:
    """Run the command line; an error of ours becomes one sentence and exit code 1."""
    try:
        cli()
    except FollowthroughError as error:
        click.echo(f"followthrough: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # the reader of our output, such as `head`, has gone
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
