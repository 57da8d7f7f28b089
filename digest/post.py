"""Carries mails away: to an SMTP server over TLS, or into a folder of `.eml` files where none is set."""

from __future__ import annotations

import logging
import os
import re
import smtplib
import ssl
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol, Self

from processing.errors import FollowthroughError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from digest.settings import Settings

logger = logging.getLogger(__name__)
TIMEOUT = 60  # seconds for one answer of the server
NOT_IN_A_FILE_NAME = re.compile(r"[^A-Za-z0-9.@-]")
OWNER_ONLY = 0o600
OK = 250
GOOD = range(200, 300)
FOR_GOOD = range(500, 600)
POLICY = "5.7"  # RFC 3463: refused for who we are or what we send, not for the mailbox


class Fate(Enum):
    """What became of a mail: taken, refused for good, not taken this time, or lost (nobody knows)."""

    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """What became of a mail, with the server's words; `is_bounce` where the mailbox is the reason, not we."""

    fate: Fate
    note: str = ""
    is_bounce: bool = False


class NoPost(FollowthroughError):
    """The mail server can't be reached, or does not let us in.

    Raised before any mail is handed over. Look at the settings smtp_*; what was written is sent by the next run.
    """


class MailPost(Protocol):
    """A way for mails to leave. A context manager; `deliver` calls `handing` right before the bytes may arrive."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def deliver(self, message_id: str, address: str, content: bytes, handing: Callable[[], None]) -> ServerAnswer: ...


class Outbox:
    """A folder that gets a file a mail; the same mail twice is one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def deliver(self, message_id: str, address: str, content: bytes, handing: Callable[[], None]) -> ServerAnswer:  # noqa: ARG002 -- Post's signature
        """Write the mail into its file, whole or not at all."""
        name = NOT_IN_A_FILE_NAME.sub("_", message_id.strip("<>")) + ".eml"
        handing()
        unfinished = self.folder / f".{name}"
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / name)
        return ServerAnswer(Fate.TAKEN)


class Smtp:
    """A mail server; one connection for all mails, made anew where it broke."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._connect()
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def deliver(self, message_id: str, address: str, content: bytes, handing: Callable[[], None]) -> ServerAnswer:  # noqa: ARG002 -- Post's signature
        """Hand one mail to the server. Raises NoPost where a new connection can't be made."""
        server = self.server or self._connect()
        try:
            code, words = server.mail(self.settings.sender)
            if code in FOR_GOOD:
                # it is us whom the server does not take: no mail would fare better
                raise NoPost(f"The mail server does not take mail from {self.settings.sender}: {_words(code, words)}.")
            if code in GOOD:
                code, words = server.rcpt(address)
            if code not in GOOD:
                server.rset()
                return _refusal(code, words, is_bounce=not _words(code, words).partition(" ")[2].startswith(POLICY))
        except (OSError, smtplib.SMTPException) as error:
            # nothing has left yet: the next try starts with a new connection
            self._hang_up()
            return ServerAnswer(Fate.LATER, str(error))
        handing()
        try:
            code, words = server.data(content)
        except smtplib.SMTPDataError as error:
            # the server refused before the first byte
            server.rset()
            return _refusal(error.smtp_code, error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            return ServerAnswer(Fate.LOST, str(error))
        return ServerAnswer(Fate.TAKEN) if code == OK else _refusal(code, words)

    def _connect(self) -> smtplib.SMTP:
        found = self.settings
        place = f"{found.smtp_host}, port {found.smtp_port}"
        try:
            context = ssl.create_default_context(cafile=found.smtp_ca_file or None)
            if found.smtp_tls == "tls":
                self.server = smtplib.SMTP_SSL(found.smtp_host, found.smtp_port, timeout=TIMEOUT, context=context)
            else:
                self.server = smtplib.SMTP(found.smtp_host, found.smtp_port, timeout=TIMEOUT)
            server = self.server
            if found.smtp_tls == "starttls":
                server.starttls(context=context)
            if found.smtp_user:
                server.login(found.smtp_user, found.smtp_password)
            server.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise NoPost(f"The mail server {place} can't be used: {_reason(error)}. Nothing was sent to it.") from error
        return server

    def _hang_up(self) -> None:
        server, self.server = self.server, None
        if server is None:
            return
        try:
            server.quit()
        except (OSError, smtplib.SMTPException) as error:
            logger.debug("the mail server hung up first: %s", error)
        finally:
            server.close()


def open_post(settings: Settings, data: Path) -> MailPost:
    """Return the way that the settings name: a server, else the outbox in the data folder."""
    return Smtp(settings) if settings.smtp_host else Outbox(settings.outbox_folder(data))


def _refusal(code: int, words: bytes | str, *, is_bounce: bool = False) -> ServerAnswer:
    text = _words(code, words)
    if code in FOR_GOOD:
        return ServerAnswer(Fate.REFUSED, text, is_bounce)
    return ServerAnswer(Fate.LATER, text)


def _words(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it does not take the user name and password ({error.smtp_code})"
    return str(error).rstrip(".") or type(error).__name__
