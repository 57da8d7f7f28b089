"""How mail is sent, from the environment or from `settings.toml` in the data folder; the environment wins."""

from __future__ import annotations

import os
import stat
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from digest.addresses import BadAddress, check_address
from processing.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "settings.toml"
PREFIX = "FOLLOWTHROUGH_"
TLS = ("starttls", "tls", "none")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PORTS = {"starttls": 587, "tls": 465, "none": 25}
OTHERS_MAY_READ = stat.S_IRGRP | stat.S_IROTH
HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How mail is sent and who hears of trouble. In the environment each name is `FOLLOWTHROUGH_` and capitals.

    Without `smtp_host` nothing is sent: every mail becomes a file in `outbox`. `site` is the address under which
    readers reach the browser; `sender` the address in From; `operator` who gets the alarms; `alarms` addresses of
    other services, as apprise writes them; `ping` an address that is asked for after every good run.
    `retry_minutes` is how long the weekly run waits before it tries once more what was put off; 0: not at all.
    """

    site: str = "http://127.0.0.1:8001"
    sender: str = "followthrough@localhost"
    sender_name: str = "Followthrough"
    smtp_host: str = ""
    smtp_port: int = 0
    smtp_tls: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_password_file: str = ""
    smtp_ca_file: str = ""
    outbox: str = ""
    operator: str = ""
    alarms: tuple[str, ...] = ()
    ping: str = ""
    keep_backups: int = 8
    backups: str = ""
    source_minutes: int = 120
    retry_minutes: int = 10

    def __repr__(self) -> str:
        # passwords and the keys in addresses of services must not reach a log by way of a traceback
        return f"Settings(site={self.site!r}, smtp_host={self.smtp_host!r})"

    @property
    def domain(self) -> str:
        """The domain that identifies our mails: that of the site."""
        return urlsplit(self.site).hostname or "localhost"

    def outbox_folder(self, data: Path) -> Path:
        return Path(self.outbox) if self.outbox else data / "outbox"

    def backup_folder(self, data: Path) -> Path:
        return Path(self.backups) if self.backups else data / "backups"


def load_settings(data: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises BadInput, naming the setting and where it stands, for one that can't be used."""
    path = Path(environment.get(PREFIX + "SETTINGS") or data / FILE)
    given = _read_file(path)
    known = {field.name: field for field in fields(Settings)}
    if unknown := sorted(given.keys() - known.keys()):
        raise BadInput(f"{path}: no such setting: {', '.join(unknown)}. There are: {', '.join(known)}.")
    values = {name: _value(name, value, str(path)) for name, value in given.items()}
    for name in known:
        variable = PREFIX + name.upper()
        if variable in environment:
            values[name] = _value(name, environment[variable], variable)
    return _checked(Settings(**values))


def _read_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: not a TOML file: {error}") from error
    if "smtp_password" in given and path.stat().st_mode & OTHERS_MAY_READ:
        raise BadInput(f"{path} holds a password and others on this machine can read it. Run: chmod 600 {path}")
    return given


def _value(name: str, value: Any, place: str) -> Any:
    default = getattr(Settings(), name)
    if isinstance(default, tuple):
        parts = value.split() if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            raise BadInput(f"{place}: {name} must be a list of texts.")
        return tuple(parts)
    if isinstance(default, int):
        if isinstance(value, bool) or not str(value).strip().isdecimal():
            raise BadInput(f"{place}: {name} must be a whole number, not {value!r}.")
        return int(value)
    if not isinstance(value, str):
        raise BadInput(f"{place}: {name} must be a text, not {value!r}.")
    return value.strip()


def _checked(found: Settings) -> Settings:
    if found.smtp_tls not in TLS:
        raise BadInput(f"smtp_tls must be one of {', '.join(TLS)}, not {found.smtp_tls!r}.")
    if found.smtp_host and found.smtp_tls == "none" and found.smtp_host not in LOOPBACK:
        raise BadInput(
            f"smtp_tls = none would send people's addresses unprotected to {found.smtp_host}: use starttls or tls."
        )
    if urlsplit(found.site).scheme not in ("http", "https") or not urlsplit(found.site).hostname:
        raise BadInput(f"site must be an address such as https://followthrough.example.org, not {found.site!r}.")
    if found.smtp_port > HIGHEST_PORT:
        raise BadInput(f"smtp_port must be at most {HIGHEST_PORT}, not {found.smtp_port}.")
    for name in ("sender", "operator"):
        value = getattr(found, name)
        if value and value != Settings().sender:
            try:
                check_address(value)
            except BadAddress as error:
                raise BadInput(f"{name}: {error}") from error
    values = {field.name: getattr(found, field.name) for field in fields(Settings)}
    return Settings(
        **{
            **values,
            "site": found.site.rstrip("/"),
            "smtp_port": found.smtp_port or PORTS[found.smtp_tls],
            "smtp_password": found.smtp_password or _password(found.smtp_password_file),
        }
    )


def _password(file: str) -> str:
    if not file:
        return ""
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadInput(f"smtp_password_file: {file} can't be read: {error.strerror}.") from error
