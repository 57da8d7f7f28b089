"""A real mail server on loopback (aiosmtpd), which keeps what it took, and misbehaves as told."""

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from digest.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage
    from pathlib import Path

SITE = "https://followthrough.example.org"


@dataclass(slots=True)
class Mailbox:
    """Keeps every mail that was taken: (address, bytes). `plan` says how to treat the next mail."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    plan: Callable[[], str] = lambda: "take"
    dropped_after_taking: Counter[str] = field(default_factory=Counter)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        step = self.plan()
        address = envelope.rcpt_tos[0]
        if step == "later":
            return "451 try again later"
        if step == "refuse":
            return "554 refused"
        if step == "drop before":
            server.transport.abort()
            return "421 gone"
        self.taken.append((address, envelope.content))
        if step == "drop after":
            self.dropped_after_taking[str(parsed(envelope.content)["Message-ID"])] += 1
            server.transport.abort()
            return "421 gone"
        if step == "delay":
            await asyncio.sleep(0.05)
        return "250 OK"

    def messages(self, address: str | None = None) -> list[EmailMessage]:
        """Return the mails taken, for one address or for all, in order."""
        return [parsed(content) for to, content in self.taken if address in (None, to)]

    def distinct(self, address: str) -> dict[str, EmailMessage]:
        """Return what a mailbox that knows the Message-ID shows: each mail once."""
        return {str(message["Message-ID"]): message for message in self.messages(address)}


def parsed(content: bytes) -> EmailMessage:
    """Return a mail read by the standard library."""
    return email.message_from_bytes(content, policy=email.policy.default)


class AnyPort(Controller):
    """A controller on a port that the system chooses."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd's own


def serving(mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, secret: str | None = None) -> Iterator[Settings]:
    """Serve a mailbox on a free port while the iterator is not exhausted; yields the settings that reach it."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password.decode() == secret, handled=False)

    options: dict[str, Any] = {"tls_context": tls, "require_starttls": tls is not None}
    if secret is not None:
        options |= {"authenticator": check, "auth_required": True}
    controller = AnyPort(mailbox, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield Settings(
            site=SITE,
            sender="digest@followthrough.example.org",
            operator="operator@followthrough.example.org",
            smtp_host="127.0.0.1",
            smtp_port=controller.port,
            smtp_tls="none",
        )
    finally:
        controller.stop()


def server_context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    """Return what a server needs to speak TLS with a certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context
