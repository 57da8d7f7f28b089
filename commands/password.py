"""`followthrough password`: who may sign in to review."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
from datasette_auth_passwords.utils import hash_password

from db.private import passwords

if TYPE_CHECKING:
    from pathlib import Path

NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,39}")
SHORTEST = 12  # characters: what the National Cyber Security Centre's three random words come to


@click.command()
@click.argument("name")
@click.option("--remove", is_flag=True, help="Take the password away: NAME can no longer sign in.")
@click.password_option(
    required=False, prompt_required=False, help="Leave it out to be asked for it, so that it is not in the history."
)
@click.pass_obj
def password(data: Path, name: str, password: str | None, *, remove: bool) -> None:
    """Set the password with which NAME signs in to review; a former one is replaced.

    It counts at once, also while the site is running. NAME stands beside each decision, for every reader.

    Exit codes: 0 fine; 2 the name or the password is no good.
    """
    if not NAME.fullmatch(name):
        raise click.BadParameter(
            "a name begins with a letter and holds letters, digits, dots, dashes and underscores, 40 at most",
            param_hint="NAME",
        )
    if remove:
        gone = passwords.forget_password(data, name)
        click.echo(f"{name} can no longer sign in." if gone else f"{name} had no password.")
        return
    given = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(given) < SHORTEST:
        raise click.BadParameter(
            f"at least {SHORTEST} characters: three random words make a good one", param_hint="password"
        )
    passwords.set_password(data, name, hash_password(given))
    click.echo(f"{name} can sign in at /-/login.")
