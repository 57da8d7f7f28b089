"""Puts a rendered mail into its envelope: the headers that readers, servers and their programs look for."""

from __future__ import annotations

import binascii
import secrets
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from digest.render import Body
    from digest.settings import Settings


# a folded address of a link would be written as an encoded word, which programs that unsubscribe do not read
UNFOLDED = SMTP.clone(max_line_length=998)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who a mail goes to and what sort it is. `unsubscribe` is the address for one click, empty for letters."""

    address: str
    name: str | None = None
    unsubscribe: str = ""
    is_list: bool = False


def new_message_id(settings: Settings, day: str) -> str:
    """Return a Message-ID that no other mail has; `day` is an ISO date."""
    return f"<{day}.{secrets.token_hex(12)}@{settings.domain}>"


def make_message(body: Body, envelope: Envelope, settings: Settings, message_id: str, at: datetime) -> bytes:
    """Return a mail as bytes, as it is sent: plain text and HTML, lines ended by CRLF.

    Raises ValueError for a header with a line break: addresses and names were checked before (`addresses`).
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(settings.sender_name, addr_spec=settings.sender)
    message["To"] = Address(envelope.name or "", addr_spec=envelope.address)
    message["Subject"] = body.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    # Exchange answers with a note of absence unless told not to
    message["X-Auto-Response-Suppress"] = "All"
    if settings.operator:
        message["Reply-To"] = settings.operator
    if envelope.is_list:
        message["List-Id"] = f"Followthrough digest <digest.{settings.domain}>"
        message["List-Archive"] = f"<{settings.site}/digests>"
    if envelope.unsubscribe:
        message["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["MIME-Version"] = "1.0"
    # a boundary with “=_” can't stand in quoted-printable text
    boundary = f"=_{secrets.token_hex(16)}"
    head = message.as_bytes(policy=UNFOLDED).rstrip(b"\r\n")
    kind = f'\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
    return head + kind.encode("ascii") + _parts((("plain", body.text), ("html", body.html)), boundary.encode("ascii"))


def _parts(parts: tuple[tuple[str, str], ...], boundary: bytes) -> bytes:
    """Return the parts of a mail, quoted-printable; `email` itself takes ten times as long for it."""
    written = b""
    # the last line end belongs to the boundary after it; it also tells `b2a_qp` how lines end
    for kind, text in parts:
        content = text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8") + b"\r\n"
        written += (
            b"--" + boundary + b"\r\nContent-Type: text/" + kind.encode("ascii") + b'; charset="utf-8"\r\n'
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + binascii.b2a_qp(content, istext=True)
        )
    return written + b"--" + boundary + b"--\r\n"
