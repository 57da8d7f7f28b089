"""What answers of the questions and statements API have in common: envelope, members, attachments.

Contract: https://questions-statements-api.parliament.uk (Swagger).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from processing.errors import SourceChanged
from processing.records import Attachment

if TYPE_CHECKING:
    from processing.strict_json import Reader


def the_value(answer: Reader) -> Reader:
    """Return the one thing an answer is about: bare, in `value`, or the only one of `results`."""
    if answer.has("results"):
        results = answer.items("results")
        if len(results) != 1:
            raise SourceChanged(answer.where, f"results holds {len(results)} entries, not 1")
        return the_value(results[0])
    return answer.inner("value") if answer.has("value") else answer


def member_name(member: Reader | None) -> str | None:
    """Return the name of a member's summary, which listings give and details leave null."""
    return member.maybe_text("name") if member else None


def attachment(entry: Reader) -> Attachment:
    """Return an attachment of a question or statement."""
    url = entry.text("url")
    found = Attachment(
        title=entry.maybe_text("title") or url,
        url=url,
        media_type=entry.maybe_text("fileType"),
        size_bytes=entry.maybe_number("fileSizeBytes"),
    )
    entry.done()
    return found
