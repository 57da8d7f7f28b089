"""Reads what mail servers send back: for which address a mail could not be delivered, and whether for good."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

REPORT = "message/delivery-status"


def failed_addresses(content: bytes) -> Iterator[str]:
    """Yield the addresses that a delivery report (RFC 3464) says a mail failed for good; none for any other mail."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() != REPORT:
            continue
        blocks = part.get_payload()
        if isinstance(blocks, list):
            yield from _failed([block for block in blocks if not isinstance(block, str)])


def _failed(blocks: list[Message]) -> Iterator[str]:
    for block in blocks:
        recipient = str(block.get("Final-Recipient") or block.get("Original-Recipient") or "")
        status = str(block.get("Status") or "")
        if str(block.get("Action") or "").lower() == "failed" and status.startswith("5") and ";" in recipient:
            yield recipient.partition(";")[2].strip().strip("<>")
