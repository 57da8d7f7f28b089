"""`followthrough serve`: the browser over the register, by Datasette with our own pages."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from pathlib import Path
from typing import Any

import click
import uvicorn
import yaml
from datasette.app import Datasette

from db.migrations import open_database
from db.private import passwords
from digest.settings import Settings, load_settings
from processing.errors import BadInput

FILE = "followthrough.db"
SITE = Path(__file__).parent.parent / "datasette"
WAIT = 20.0  # seconds that a visitor waits for the register to show a decision; then it goes on without them
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SETTINGS = {
    "suggest_facets": False,
    "allow_download": False,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 400,
    "max_returned_rows": 1000,
    "num_sql_threads": 4,
    "default_cache_ttl": 0,
}


class Browser(Datasette):  # type: ignore[misc] # Datasette has no types
    """Datasette over the register of one data folder.

    Where the folder lies and who may sign in are asked for when they are needed, and never part of the metadata,
    which Datasette shows to everybody: so a new password counts at once, and no hash can be seen.
    """

    def __init__(self, data: Path, **settings: Any) -> None:
        self.data = data
        self.wait = WAIT
        # where people reach it, for feeds and calendars; None: the address by which it is asked
        self.address: str | None = None
        super().__init__([str(data / FILE)], **settings)

    def plugin_config(self, plugin_name: str, *of_what: Any, **of_whom: Any) -> Any:
        """Return what a plugin is told: the password hashes, the data folder, else what the metadata say."""
        if plugin_name == "datasette-auth-passwords":
            return {f"{name}_password_hash": hashed for name, hashed in passwords.accounts(self.data).items()}
        if plugin_name == "followthrough":
            return {"data": str(self.data), "wait": self.wait, "site": self.address}
        return super().plugin_config(plugin_name, *of_what, **of_whom)


def browser(
    data: Path,
    *,
    allow_sql: bool = False,
    allow_robots: bool = False,
    secure: bool = False,
    secret: str | None = None,
) -> Browser:
    """Return Datasette over the register in `data`, with our pages; nobody listens yet.

    `secret` signs the cookies. Only the register is opened: no page can reach the archive or the private database.
    Raises BadInput where there is no register.
    """
    open_database(data / FILE, "register", must_exist=True).close()
    metadata: dict[str, Any] = yaml.safe_load((SITE / "metadata.yml").read_text(encoding="utf-8"))
    robots = "User-agent: *\nDisallow: /-/" if allow_robots else "User-agent: *\nDisallow: /"
    metadata["plugins"] = {"datasette-block-robots": {"literal": robots}}
    return Browser(
        data,
        metadata=metadata,
        plugins_dir=str(SITE / "plugins"),
        template_dir=str(SITE / "templates"),
        static_mounts=[("assets", str(SITE / "static"))],
        settings={**SETTINGS, "default_allow_sql": allow_sql, "force_https_urls": secure},
        secret=secret,
    )


def free_socket(host: str, port: int) -> socket.socket:
    """Take the port. Raises BadInput with one clear sentence where another program has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named as TCP: else asyncio leaves Nagle's algorithm on, and every answer waits 40 ms for an acknowledgement
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # a port that a stopped server left in TIME_WAIT is free; one that is listened on is not
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(128)
    except OSError as error:
        taken.close()
        if error.errno == errno.EADDRINUSE:
            raise BadInput(f"Port {port} is taken by another program. Give another one with --port.") from error
        raise BadInput(f"Can't listen on {host}, port {port}: {os.strerror(error.errno or 0)}.") from error
    return taken


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port to listen on.")
@click.option("--public", is_flag=True, help="For a site that others reach: no sign-in link, cookies over HTTPS only.")
@click.option("--allow-sql", is_flag=True, help="Let every visitor run SQL over the register (read only).")
@click.option(
    "--allow-robots", is_flag=True, help="Let search engines list the site; by default they are asked not to."
)
@click.pass_obj
def serve(data: Path, host: str, port: int, *, public: bool, allow_sql: bool, allow_robots: bool) -> None:
    """Open the browser over the register.

    Prints the address and, on this machine only, a link that signs you in once so that you can review. For other
    people, set passwords with `followthrough password NAME`. Ctrl-C stops it.
    """
    # before the site's secret is made: a folder that is not there is not made either
    open_database(data / FILE, "register", must_exist=True).close()
    site = browser(
        data,
        allow_sql=allow_sql,
        allow_robots=allow_robots,
        secure=public,
        secret=passwords.site_secret(data),
    )
    stated = load_settings(data).site
    site.address = stated if stated != Settings().site else None
    taken = free_socket(host, port)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Followthrough is at http://{shown}:{port}/ (Ctrl-C stops it)")
    if host in LOOPBACK and not public:
        # Datasette's own one-time link, as `datasette --root` prints it
        token = site._root_token  # noqa: SLF001 -- Datasette offers no public name for it
        click.echo(f"To review, sign in once with http://{shown}:{port}/-/auth-token?token={token}")
    else:
        site._root_token = None  # noqa: SLF001 -- no one-time link for a site that others reach
    asyncio.run(_run(site, taken))


async def _run(site: Datasette, taken: socket.socket) -> None:
    await site.invoke_startup()
    server = uvicorn.Server(uvicorn.Config(site.app(), log_level="warning", lifespan="on", proxy_headers=True))
    with taken:
        await server.serve(sockets=[taken])
