"""The archive: every upstream answer as it came, each body once (zstd), with what was asked and what was missing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import zstandard

from db.migrations import open_database
from processing.errors import DamagedBody
from processing.records import Answer, Asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE = "archive.db"
LEVEL = 10  # bodies are written once and read often; 10 is the last level that packs at over 50 MB/s


def instant(moment: datetime) -> str:
    """Write an aware instant as ISO 8601 UTC with microseconds, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """Read what `instant` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as the archive keeps it: with its row id and the SHA-256 of its body (hexadecimal).

    `is_damaged`: the body does not unpack to the bytes that were kept; the answer's body is empty then.
    """

    id: int
    hash: str
    answer: Answer
    is_damaged: bool = False


def unpacked(packed: bytes) -> bytes | None:
    """Return the bytes of a packed body; None where it is damaged."""
    try:
        return zstandard.decompress(packed)
    except zstandard.ZstdError:
        return None


class Archive:
    """The archive database of one machine. Every method commits before it returns."""

    def __init__(self, folder: Path, *, must_exist: bool = False) -> None:
        self.database = open_database(folder / FILE, "archive", must_exist=must_exist)

    def close(self) -> None:
        self.database.close()

    def keep(self, answer: Answer, headers: Mapping[str, list[str]] | None = None) -> bool:
        """Keep an answer. An answer equal to the one before it (by instant) only moves that one's `checked_at`.

        Answers may come in any order. Returns whether the body or the status is new for its URL.
        """
        digest = hashlib.sha256(answer.body).hexdigest()
        seen_at = instant(answer.fetched_at)
        with self.database.atomic():
            last = self.database.execute(
                "SELECT id, hash, status FROM answers WHERE url = ? AND source = ? AND fetched_at <= ?"
                " ORDER BY fetched_at DESC LIMIT 1",
                [answer.url, answer.source, seen_at],
            ).fetchone()
            if last and last[1] == digest and last[2] == answer.status:
                self.database.execute(
                    "UPDATE answers SET checked_at = max(checked_at, ?), etag = ?, last_modified = ? WHERE id = ?",
                    [seen_at, answer.etag, answer.last_modified, last[0]],
                )
                self._keep_headers(last[0], headers)
                return False
            self.database.execute(
                "INSERT INTO bodies (hash, body, size_bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [digest, zstandard.compress(answer.body, LEVEL), len(answer.body)],
            )
            row = self.database.execute(
                "INSERT INTO answers (source, url, fetched_at, status, hash, etag, last_modified, content_type,"
                " checked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, url, fetched_at)"
                " DO UPDATE SET checked_at = excluded.checked_at RETURNING id",
                [
                    answer.source,
                    answer.url,
                    seen_at,
                    answer.status,
                    digest,
                    answer.etag,
                    answer.last_modified,
                    answer.content_type,
                    seen_at,
                ],
            ).fetchone()
            self._keep_headers(row[0], headers)
        return True

    def _keep_headers(self, answer_id: int, headers: Mapping[str, list[str]] | None) -> None:
        if headers is not None:
            self.database.execute(
                "INSERT INTO headers (answer, headers) VALUES (?, ?)"
                " ON CONFLICT (answer) DO UPDATE SET headers = excluded.headers",
                [answer_id, json.dumps(headers, sort_keys=True)],
            )

    def latest(self, url: str) -> tuple[Kept, dict[str, list[str]], datetime] | None:
        """Return the last answer of a URL, its headers and when it was last checked; None where there is none."""
        row = self.database.execute(
            "SELECT a.id, a.checked_at, h.headers FROM answers a LEFT JOIN headers h ON h.answer = a.id"
            " WHERE a.url = ? ORDER BY a.fetched_at DESC LIMIT 1",
            [url],
        ).fetchone()
        if row is None:
            return None
        return next(self._read("WHERE a.id = ?", [row[0]])), json.loads(row[2] or "{}"), moment(row[1])

    def answers(self, source: str, after: int = 0) -> Iterator[Kept]:
        """Yield the answers of a source whose row id is above `after`, in the order of their instants, then URLs."""
        return self._read("WHERE a.source = ? AND a.id > ?", [source, after])

    def earliest(self, source: str, after: int) -> str | None:
        """Return the earliest instant of a source's answers whose row id is above `after`; None: there are none."""
        query = "SELECT min(fetched_at) FROM answers WHERE source = ? AND id > ?"
        found: str | None = self.database.execute(query, [source, after]).fetchone()[0]
        return found

    def sources(self) -> list[str]:
        """Return the sources that the archive holds answers of, by name."""
        return [row[0] for row in self.database.execute("SELECT DISTINCT source FROM answers ORDER BY source")]

    def _read(self, where: str, values: list[object]) -> Iterator[Kept]:
        query = (
            "SELECT a.id, a.source, a.url, a.fetched_at, a.status, a.hash, a.etag, a.last_modified, a.content_type,"  # noqa: S608 -- `where` is ours
            f" b.body FROM answers a JOIN bodies b ON b.hash = a.hash {where} ORDER BY a.fetched_at, a.source, a.url"
        )
        for row in self.database.execute(query, values):
            body = unpacked(row[9])
            yield Kept(
                is_damaged=body is None,
                id=row[0],
                hash=row[5],
                answer=Answer(
                    source=row[1],
                    url=row[2],
                    fetched_at=moment(row[3]),
                    status=row[4],
                    body=body or b"",
                    etag=row[6],
                    last_modified=row[7],
                    content_type=row[8],
                ),
            )

    def ask(self, asked: Asked, at: datetime) -> None:
        """Note what a crawl asked for and what came of it; a later note on the same scope takes the place."""
        self.database.execute(
            "INSERT INTO asks (source, scope, house, day, state, asked_at, found, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (source, scope) DO UPDATE SET state = excluded.state, asked_at = excluded.asked_at,"
            " found = max(found, excluded.found), note = excluded.note",
            [
                asked.source,
                asked.scope,
                asked.house,
                asked.day.isoformat() if asked.day else None,
                asked.state,
                instant(at),
                asked.found,
                asked.note,
            ],
        )

    def body(self, digest: str) -> bytes:
        """Return a body by its hash. Raises KeyError where there is none, DamagedBody where it can't be unpacked."""
        row = self.database.execute("SELECT body FROM bodies WHERE hash = ?", [digest]).fetchone()
        if row is None:
            raise KeyError(digest)
        body = unpacked(row[0])
        if body is None:
            raise DamagedBody(f"the body {digest[:12]} of {FILE} is damaged. Restore a backup: `followthrough restore`")
        return body

    def damaged(self) -> Iterator[tuple[str, str]]:
        """Yield (hash, address) of every body that is not the bytes that were kept, with one address that gave it."""
        query = (
            "SELECT b.hash, b.body, (SELECT url FROM answers a WHERE a.hash = b.hash LIMIT 1) FROM bodies b ORDER BY 1"
        )
        for digest, packed, url in self.database.execute(query):
            body = unpacked(packed)
            if body is None or hashlib.sha256(body).hexdigest() != digest:
                yield digest, url or "no answer"

    def asked(self) -> list[tuple[str, str, str | None, str | None, str, str, int, str | None]]:
        """Return all that was asked for: (source, scope, house, day, state, asked_at, found, note)."""
        return self.database.execute(
            "SELECT source, scope, house, day, state, asked_at, found, note FROM asks ORDER BY source, scope"
        ).fetchall()

    def coverage(self) -> list[Asked]:
        """Return all that was asked for and what came of it, by source and scope."""
        query = "SELECT source, scope, state, found, house, day, note FROM asks ORDER BY source, scope"
        return [
            Asked(
                source=row[0],
                scope=row[1],
                state=row[2],
                found=row[3],
                house=row[4],
                day=date.fromisoformat(row[5]) if row[5] else None,
                note=row[6],
            )
            for row in self.database.execute(query)
        ]

    def last_answers(self, prefix: str, after: datetime | None = None) -> Iterator[Kept]:
        """Yield the last answer of each URL that begins with `prefix`, if it came later than `after`."""
        # U+10FFFF is above every character of a URL: a range, unlike LIKE, can use the index
        return self._read(
            "WHERE a.url >= ? AND a.url < ? AND a.fetched_at > ? AND a.fetched_at ="
            " (SELECT max(fetched_at) FROM answers WHERE url = a.url)",
            [prefix, prefix + "\U0010ffff", instant(after) if after else ""],
        )

    def begin_crawl(self, source: str, at: datetime) -> int:
        """Note that a crawl begins, and that earlier ones of the source without an end were killed."""
        with self.database.atomic():
            self.database.execute("UPDATE crawls SET outcome = 'killed' WHERE source = ? AND outcome IS NULL", [source])
            row = self.database.execute(
                "INSERT INTO crawls (source, started_at) VALUES (?, ?) RETURNING id", [source, instant(at)]
            ).fetchone()
        return int(row[0])

    def last_outcome(self, source: str) -> str | None:
        """Return how the last crawl of a source that has ended did so: good, failed or killed; None: there is none."""
        row = self.database.execute(
            "SELECT outcome FROM crawls WHERE source = ? AND outcome IS NOT NULL ORDER BY id DESC LIMIT 1", [source]
        ).fetchone()
        return str(row[0]) if row else None

    def finish_crawl(self, crawl: int, at: datetime, outcome: str, counts: str, note: str) -> None:
        """Note how a crawl ended; `counts` is a JSON object of figures."""
        self.database.execute(
            "UPDATE crawls SET finished_at = ?, outcome = ?, counts = ?, note = ? WHERE id = ?",
            [instant(at), outcome, counts, note or None, crawl],
        )

    def crawls(self) -> list[tuple[str, str, str | None, str | None, str, str | None]]:
        """Return how the crawls went, in order: (source, started_at, finished_at, outcome, counts, note)."""
        return self.database.execute(
            "SELECT source, started_at, finished_at, outcome, counts, note FROM crawls ORDER BY id"
        ).fetchall()
