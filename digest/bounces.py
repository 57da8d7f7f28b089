"""Reads what mail servers send back: for which address a mail could not be delivered, and whether for good."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

REPORT = "message/delivery-status"
COMMENT = re.compile(r"\([^()]*\)")  # RFC 3464 allows comments in every field


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a delivery report (RFC 3464) says.

    `id` tells one report from another however often its file is read: the SHA-256 (hexadecimal) of its Message-ID, or
    of the whole where it has none. `failed` has, for each recipient to whom a mail could not be delivered for good,
    the addresses by which we may know that person: the one we wrote to first, where the report tells it.
    """

    id: str
    failed: tuple[tuple[str, ...], ...]


def read_report(content: bytes) -> DeliveryReport | None:
    """Return what a mail reports of a delivery; None where it is no delivery report."""
    # the older policy takes headers as they stand: the newer one stumbles over broken ones
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    blocks = [part.get_payload() for part in message.walk() if part.get_content_type() == REPORT]
    if not blocks:
        return None
    told = str(message.get("Message-ID") or "").strip().encode() or content
    failed = (
        addresses
        for found in blocks
        if isinstance(found, list)
        for addresses in _failed([block for block in found if not isinstance(block, str)])
    )
    return DeliveryReport(id=sha256(told).hexdigest(), failed=tuple(failed))


def _failed(blocks: list[Message]) -> Iterator[tuple[str, ...]]:
    for block in blocks:
        told = [_address(block, name) for name in ("Original-Recipient", "Final-Recipient")]
        addresses = tuple(dict.fromkeys(filter(None, told)))
        if _field(block, "Action").lower() == "failed" and _field(block, "Status").startswith("5") and addresses:
            yield addresses


def _field(block: Message, name: str) -> str:
    words, found = str(block.get(name) or ""), 1
    while found:  # a comment may stand in a comment
        words, found = COMMENT.subn("", words)
    return words.strip()


def _address(block: Message, name: str) -> str:
    return _field(block, name).partition(";")[2].strip().strip("<>")
