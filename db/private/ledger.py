"""The ledger of the digest: a row a person and event, written before the send and closed after it.

A mail goes through these states: written (nothing has left), handed (it may have left: the answer of the server is
not known), closed (sent, refused, or unknown for good). What was only written can be taken back and written anew;
what was handed over is sent again as the very same bytes under the same Message-ID, never as another mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.queries import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.private.subscribers import Private

OPEN = "SELECT m.message_id, m.subscriber, s.address, m.content, m.attempts, m.handed_at FROM mails m"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMail:
    """A mail that is not closed: `content` are its bytes as they are sent, `handed_at` when it may have left."""

    message_id: str
    subscriber: int
    address: str
    content: bytes
    attempts: int
    handed_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A mail about to be written, with the ids of the events it tells of; `told_to` is the end of its span."""

    message_id: str
    subscriber: int
    digest: str
    told_to: str
    content: bytes
    events: tuple[str, ...]


def write(private: Private, mails: Sequence[NewMail], at: str) -> None:
    """Write mails and their events into the ledger, all or none.

    Raises sqlite3.IntegrityError where a person was told of an event before.
    """
    with private.database.atomic():
        for mail in mails:
            private.database.execute(
                "INSERT INTO mails (message_id, subscriber, digest, told_to, content, written_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [mail.message_id, mail.subscriber, mail.digest, mail.told_to, mail.content, at],
            )
            private.connection.executemany(
                "INSERT INTO sends (subscriber, event, mail, written_at) VALUES (?, ?, ?, ?)",
                [(mail.subscriber, event, mail.message_id, at) for event in mail.events],
            )


def open_mails(private: Private) -> list[OpenMail]:
    """Return the mails that are not closed, in the order of writing."""
    return records(
        private.connection,
        OpenMail,
        f"{OPEN} JOIN subscribers s ON s.id = m.subscriber WHERE m.closed_at IS NULL ORDER BY m.written_at, m.rowid",
    )


def as_open(mail: NewMail, address: str) -> OpenMail:
    """Return a mail that was just written as one that is to be sent."""
    return OpenMail(
        message_id=mail.message_id,
        subscriber=mail.subscriber,
        address=address,
        content=mail.content,
        attempts=0,
        handed_at=None,
    )


def hand_over(private: Private, message_id: str, at: str) -> None:
    """Note, before the bytes leave, that from now on nobody can know whether they arrived."""
    private.database.execute(
        "UPDATE mails SET handed_at = ?, attempts = attempts + 1 WHERE message_id = ?", [at, message_id]
    )


def take_back(private: Private, message_id: str) -> None:
    """Note that the server said that it did not take the mail this time: it surely has not left."""
    private.database.execute("UPDATE mails SET handed_at = NULL WHERE message_id = ?", [message_id])


def close_sent(private: Private, message_id: str, at: str) -> None:
    """Close a mail that the server took: the person has been told of its events."""
    with private.database.atomic():
        told_to = _close(private, message_id, at, "sent", None)
        private.database.execute(
            "UPDATE subscribers SET bounces = CASE WHEN bounced_at IS NULL OR bounced_at < coalesce(last_digest_at, '')"
            " THEN 0 ELSE bounces END, last_digest_at = ?, told_to = max(coalesce(told_to, ''), ?)"
            " WHERE id = (SELECT subscriber FROM mails WHERE message_id = ?)",
            [at, told_to, message_id],
        )


def close_refused(private: Private, message_id: str, at: str, note: str) -> None:
    """Close a mail that the server will never take. Its events count as not told: a later digest has them."""
    with private.database.atomic():
        _close(private, message_id, at, "refused", note)
        private.database.execute("DELETE FROM sends WHERE mail = ?", [message_id])
        private.database.execute(
            "UPDATE subscribers SET last_digest_at = ? WHERE id = (SELECT subscriber FROM mails WHERE message_id = ?)",
            [at, message_id],
        )


def close_unknown(private: Private, message_id: str, at: str, note: str) -> None:
    """Give up on a mail whose answer was lost time after time. Its events count as told: it may well have arrived."""
    with private.database.atomic():
        told_to = _close(private, message_id, at, "unknown", note)
        private.database.execute(
            "UPDATE subscribers SET last_digest_at = ?, told_to = max(coalesce(told_to, ''), ?)"
            " WHERE id = (SELECT subscriber FROM mails WHERE message_id = ?)",
            [at, told_to, message_id],
        )


def _close(private: Private, message_id: str, at: str, outcome: str, note: str | None) -> str:
    # the content has served: what a person was told need not be kept
    row = private.database.execute(
        "UPDATE mails SET closed_at = ?, outcome = ?, note = ?, content = NULL WHERE message_id = ? RETURNING told_to",
        [at, outcome, note, message_id],
    ).fetchone()
    private.database.execute("UPDATE sends SET closed_at = ? WHERE mail = ?", [at, message_id])
    return str(row[0])


def forget_unsent(private: Private) -> int:
    """Take back mails that never left, with their events, so that they are written anew. Returns how many."""
    with private.database.atomic():
        return private.database.execute("DELETE FROM mails WHERE closed_at IS NULL AND handed_at IS NULL").rowcount


def nothing_to_tell(private: Private, subscribers: Iterable[int], told_to: str, at: str) -> None:
    """Note that there was nothing for these people up to an instant."""
    with private.database.atomic():
        private.connection.executemany(
            "UPDATE subscribers SET last_digest_at = ?, told_to = max(coalesce(told_to, ''), ?) WHERE id = ?",
            [(at, told_to, subscriber) for subscriber in subscribers],
        )


def told_events(private: Private, since: str) -> dict[int, set[str]]:
    """Return the ids of the events that each person was told of in mails written since an instant."""
    found: dict[int, set[str]] = {}
    for person, event in private.database.execute("SELECT subscriber, event FROM sends WHERE written_at >= ?", [since]):
        found.setdefault(person, set()).add(event)
    return found


def prune(private: Private, before: str) -> None:
    """Forget closed mails written before an instant, with their events: no digest reaches back so far."""
    with private.database.atomic():
        private.database.execute("DELETE FROM mails WHERE closed_at IS NOT NULL AND written_at < ?", [before])


def outcomes(private: Private) -> dict[str, int]:
    """Return how many mails are open, sent, refused and unknown."""
    return {
        str(outcome): int(count)
        for outcome, count in private.database.execute(
            "SELECT coalesce(outcome, 'open'), count(*) FROM mails GROUP BY 1"
        )
    }
