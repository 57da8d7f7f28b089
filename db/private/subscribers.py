"""The private database: who asked to be told of what. It is never served; only its owner can read the file."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.migrations import open_database
from db.queries import first, records

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from sqlite_utils import Database

FILE = "private.db"
OWNER_ONLY = 0o600
LINK_SECRET = "link secret"  # noqa: S105 -- a name, not a secret
KINDS = ("everything", "topic", "department", "recommendation set", "change", "search")
FREQUENCIES = ("daily", "weekly", "monthly")
BOUNCES = 3  # then a person's mail is paused
SELECT = (
    "SELECT id, address, name, state, frequency, wants_empty, link_key, bounces, bounced_at, joined_at, asked_at,"
    " confirmed_at, told_to, last_digest_at FROM subscribers"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A person who asked for the digest. Instants are ISO 8601 UTC.

    `told_to` is the instant up to which the person was told all; `last_digest_at` when the last digest was made.
    `link_key` is random and in every signed link: no link of one person fits another, though numbers are used again.
    """

    id: int
    address: str
    name: str | None
    state: str
    frequency: str
    wants_empty: int
    link_key: int
    bounces: int
    bounced_at: str | None
    joined_at: str
    asked_at: str | None
    confirmed_at: str | None
    told_to: str | None
    last_digest_at: str | None


@dataclass(frozen=True, slots=True, order=True)
class Subscription:
    """One interest: `kind` is one of KINDS.

    `value`: a topic's id, a department's name, a set's id, a kind of event, or the filter of the browser as it
    stands in the URL; empty for everything.
    """

    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asked for on the form."""

    frequency: str
    wants_empty: bool
    subscriptions: tuple[Subscription, ...]
    name: str | None = None


class Private:
    """The private database of one machine. Every method commits before it returns."""

    def __init__(self, folder: Path) -> None:
        path = folder / FILE
        self.database: Database = open_database(path, "private")
        path.chmod(OWNER_ONLY)
        # a power cut must not forget that a mail was handed over; and what is deleted is to be gone from the file
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute("PRAGMA secure_delete = ON")

    def close(self) -> None:
        self.database.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for the reading functions of `db`."""
        return self.database.conn

    def link_secret(self) -> str:
        """Return the secret that signs links, made once."""
        query = "SELECT value FROM secrets WHERE name = ?"
        found = self.database.execute(query, [LINK_SECRET]).fetchone()
        if found is None:
            with self.database.atomic():
                self.database.execute(
                    "INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                    [LINK_SECRET, secrets.token_hex(32)],
                )
            found = self.database.execute(query, [LINK_SECRET]).fetchone()
        return str(found[0])

    def add(self, address: str, wish: Wish, at: str) -> Subscriber:
        """Add a person, unconfirmed, or take the newer wish of one who has not confirmed yet.

        A person who has confirmed is returned unchanged: a stranger's form must not alter anything.
        """
        with self.database.atomic():
            known = self.by_address(address)
            if known is not None and known.state != "unconfirmed":
                return known
            address = known.address if known else address
            row = self.database.execute(
                "INSERT INTO subscribers (address, name, state, frequency, wants_empty, joined_at, link_key)"
                " VALUES (?, ?, 'unconfirmed', ?, ?, ?, ?) ON CONFLICT (address) DO UPDATE SET name = excluded.name,"
                " frequency = excluded.frequency, wants_empty = excluded.wants_empty RETURNING id",
                [address, wish.name, wish.frequency, int(wish.wants_empty), at, secrets.randbits(48)],
            ).fetchone()
            self._set_subscriptions(int(row[0]), wish.subscriptions)
            return self._must(int(row[0]))

    def asked(self, subscriber: int, at: str) -> None:
        """Note when a person was last sent a letter that asks to confirm or leads to the settings."""
        self.database.execute("UPDATE subscribers SET asked_at = ? WHERE id = ?", [at, subscriber])

    def asked_since(self, at: str) -> int:
        """Return how many people were sent such a letter since an instant."""
        return int(self.database.execute("SELECT count(*) FROM subscribers WHERE asked_at >= ?", [at]).fetchone()[0])

    def confirm(self, subscriber: int, at: str) -> None:
        """Take a person's confirmation; the first digest tells of what is noticed from now on."""
        self.database.execute(
            "UPDATE subscribers SET state = 'active', confirmed_at = ?, told_to = ?"
            " WHERE id = ? AND state = 'unconfirmed'",
            [at, at, subscriber],
        )

    def change(self, subscriber: int, wish: Wish, *, paused: bool, at: str) -> None:
        """Change what a person is sent. One who was paused is told of what is noticed from now on, not of the past."""
        with self.database.atomic():
            self.database.execute(
                "UPDATE subscribers SET frequency = ?, wants_empty = ?, bounces = 0, bounced_at = NULL,"
                " told_to = CASE WHEN state = 'active' OR ? THEN told_to ELSE ? END,"
                " state = CASE WHEN ? THEN 'paused' ELSE 'active' END WHERE id = ? AND state <> 'unconfirmed'",
                [wish.frequency, int(wish.wants_empty), int(paused), at, int(paused), subscriber],
            )
            self._set_subscriptions(subscriber, wish.subscriptions)

    def forget(self, subscriber: int) -> bool:
        """Delete all that is known of a person, from the file and its log too. Returns whether there was one."""
        with self.database.atomic():
            gone = self.database.execute("DELETE FROM subscribers WHERE id = ?", [subscriber]).rowcount > 0
        self._empty_log()
        return gone

    def _empty_log(self) -> None:
        # the log of the database would keep deleted rows until it is written over
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def forget_unconfirmed(self, before: str) -> int:
        """Delete those who joined before an instant and never confirmed. Returns how many."""
        with self.database.atomic():
            gone = self.database.execute(
                "DELETE FROM subscribers WHERE state = 'unconfirmed' AND joined_at < ? AND coalesce(asked_at, '') < ?",
                [before, before],
            ).rowcount
        self._empty_log()
        return gone

    def bounced(self, subscriber: int, at: str) -> int:
        """Count a bounce; at the third in a row the person's mail is paused. Returns how many there are."""
        with self.database.atomic():
            row = self.database.execute(
                "UPDATE subscribers SET bounces = bounces + 1, bounced_at = ?, state = CASE WHEN state = 'active'"
                " AND bounces + 1 >= ? THEN 'bouncing' ELSE state END WHERE id = ? RETURNING bounces",
                [at, BOUNCES, subscriber],
            ).fetchone()
        return int(row[0]) if row else 0

    def note_report(self, report: str, at: str) -> bool:
        """Note a delivery report by its id. Returns whether it is new."""
        query = "INSERT INTO delivery_reports (id, counted_at) VALUES (?, ?) ON CONFLICT DO NOTHING"
        return self.database.execute(query, [report, at]).rowcount > 0

    def by_address(self, address: str) -> Subscriber | None:
        """Return the person of an address, whatever the case of its letters: no mail server tells them apart."""
        query = f"{SELECT} WHERE address = ? COLLATE NOCASE ORDER BY address = ? DESC, id LIMIT 1"
        return first(self.connection, Subscriber, query, [address, address])

    def by_id(self, subscriber: int) -> Subscriber | None:
        return first(self.connection, Subscriber, f"{SELECT} WHERE id = ?", [subscriber])

    def _must(self, subscriber: int) -> Subscriber:
        found = self.by_id(subscriber)
        if found is None:
            raise KeyError(subscriber)
        return found

    def everyone(self) -> list[Subscriber]:
        """Return all people, by address."""
        return records(self.connection, Subscriber, f"{SELECT} ORDER BY address")

    def subscriptions(self) -> dict[int, tuple[Subscription, ...]]:
        """Return every person's interests, in order."""
        found: dict[int, tuple[Subscription, ...]] = {}
        for person, kind, value in self.database.execute(
            "SELECT subscriber, kind, value FROM subscriptions ORDER BY subscriber, kind, value"
        ):
            found[person] = (*found.get(person, ()), Subscription(kind, value))
        return found

    def subscriptions_of(self, subscriber: int) -> tuple[Subscription, ...]:
        rows = self.database.execute(
            "SELECT kind, value FROM subscriptions WHERE subscriber = ? ORDER BY kind, value", [subscriber]
        )
        return tuple(Subscription(kind, value) for kind, value in rows.fetchall())

    def _set_subscriptions(self, subscriber: int, wanted: Iterable[Subscription]) -> None:
        self.database.execute("DELETE FROM subscriptions WHERE subscriber = ?", [subscriber])
        for one in sorted(set(wanted)):
            self.database.execute(
                "INSERT INTO subscriptions (subscriber, kind, value) VALUES (?, ?, ?)",
                [subscriber, one.kind, one.value],
            )
