"""What the page of a document shows: its passages with what is marked in them, its versions, their differences."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.queries import first, marks, number, records
from showing.differences import ChangedPassage, passage_changes
from showing.highlights import Mark, Piece, pieces

if TYPE_CHECKING:
    import sqlite3

PAGE = 50
MOST_PASSAGES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDocument:
    """A row of the register, with the licence of its source."""

    id: str
    source: str
    source_name: str
    licence: str
    attribution: str
    kind: str
    title: str
    url: str
    published: str | None
    house: str | None
    departments: str
    state: str
    state_note: str | None
    is_history: int
    attachments: str
    change_notes: str
    part_of: str | None
    first_seen_at: str
    last_seen_at: str

    @property
    def department_names(self) -> list[str]:
        """The departments that it belongs to."""
        return [str(name) for name in json.loads(self.departments)]

    @property
    def notes(self) -> list[dict[str, Any]]:
        """The publisher's own notes on changes, `at` and `note`."""
        found: list[dict[str, Any]] = json.loads(self.change_notes)
        return found

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files that belong to it, `title` and `url`."""
        found: list[dict[str, Any]] = json.loads(self.attachments)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The text of a document as fetched at one time."""

    id: str
    number: int
    title: str
    state: str
    fetched_at: str
    updated_at: str | None
    has_note: int
    is_latest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """One passage with its text cut at its marks."""

    id: int
    key: str
    position: int
    kind: str
    text: str
    speaker: str | None
    attribution: str | None
    person: str | None
    post: str | None
    is_government: int | None
    is_inferred: int
    column: str | None
    timecode: str | None
    page: int | None
    section: str | None
    url: str | None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A part of a passage that is marked: a quote of a commitment or delivery, or a mention of a term."""

    passage: int
    start: int
    end: int
    kind: str
    note: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDocument:
    """Everything that the page of one document shows. `owners` are those of its departments that have a page."""

    document: ShownDocument
    version: Version
    versions: tuple[Version, ...]
    passages: tuple[ShownPassage, ...]
    related: tuple[tuple[str, str], ...]
    owners: frozenset[str]
    commitments: int

    @property
    def before(self) -> Version | None:
        """The version before the one shown."""
        return next((one for one in reversed(self.versions) if one.number < self.version.number), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two versions of a document and what differs between them."""

    document: ShownDocument
    versions: tuple[Version, ...]
    old: Version
    new: Version
    changes: tuple[ChangedPassage, ...]

    @property
    def is_same(self) -> bool:
        """Whether no passage differs."""
        return all(change.kind == "kept" for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document in a list."""

    id: str
    title: str
    source: str
    kind: str
    published: str | None
    house: str | None
    state: str
    versions: int
    commitments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """A page of the list of documents."""

    lines: tuple[DocumentLine, ...]
    total: int
    page: int
    pages: int
    source: str
    edited: bool


DOCUMENT = (
    "SELECT d.id, d.source, o.name AS source_name, o.licence, o.attribution, d.kind, d.title, d.url, d.published,"
    " d.house, d.departments, d.state, d.state_note, d.is_history, d.attachments, d.change_notes, d.part_of,"
    " d.first_seen_at, d.last_seen_at FROM documents d JOIN sources o ON o.id = d.source WHERE d.id = ?"
)
VERSIONS = (
    "SELECT id, number, title, state, fetched_at, updated_at, has_note, is_latest FROM versions WHERE document = ?"
    " ORDER BY number"
)
PASSAGES = (
    'SELECT id, key, position, kind, text, speaker, attribution, person, post, is_government, is_inferred, "column",'
    " timecode, page, section, url FROM passages WHERE version = ? ORDER BY position LIMIT ?"
)
SPOTS = (
    "SELECT s.passage, s.start, s.start + length(s.quote) AS \"end\", 'quote' AS kind,"
    " c.id || ': ' || c.promise AS note, '/commitment/' || c.id AS link"
    " FROM statements s JOIN passages p ON p.id = s.passage"
    " JOIN commitments c ON c.id = s.commitment WHERE p.version = ?1 AND c.status <> 'rejected'"
    " UNION ALL SELECT v.passage, v.start, v.start + length(v.quote), 'delivery', 'said to be done',"
    " coalesce('/commitment/' || v.commitment, '') FROM deliveries v JOIN passages p ON p.id = v.passage"
    " WHERE p.version = ?1"
    " UNION ALL SELECT m.passage, m.start, m.\"end\", 'mention', 'tracked term: ' || m.term, '' FROM mentions m"
    " JOIN passages p ON p.id = m.passage WHERE p.version = ?1"
)


def whole_document(connection: sqlite3.Connection, identifier: str, version: str = "") -> WholeDocument | None:
    """Return all that is shown of a document in its latest version, or in the numbered one; None: there is none."""
    document = first(connection, ShownDocument, DOCUMENT, [identifier])
    versions = records(connection, Version, VERSIONS, [identifier])
    shown = _numbered(versions, version) if version else next((one for one in versions if one.is_latest), None)
    if document is None or shown is None:
        return None
    spots = records(connection, Spot, SPOTS, [shown.id])
    related = connection.execute(
        # what the source relates it to, either way, where that was collected too
        "SELECT r.related, d.title FROM related_documents r JOIN documents d ON d.id = r.related"
        " WHERE r.document = ?1 UNION SELECT r.document, d.title FROM related_documents r"
        " JOIN documents d ON d.id = r.document WHERE r.related = ?1",
        [identifier],
    ).fetchall()
    return WholeDocument(
        document=document,
        version=shown,
        versions=tuple(versions),
        passages=_passages(connection, shown.id, spots),
        related=tuple((row[0], row[1]) for row in related),
        owners=_owners(connection, document.department_names),
        commitments=len({spot.link for spot in spots if spot.kind == "quote"}),
    )


def _owners(connection: sqlite3.Connection, names: list[str]) -> frozenset[str]:
    query = f"SELECT DISTINCT owner FROM commitments WHERE joined_into IS NULL AND owner IN ({marks(len(names))})"  # noqa: S608 -- place holders only
    return frozenset(row[0] for row in connection.execute(query, names))


def _numbered(versions: list[Version], wanted: str) -> Version | None:
    return next((one for one in versions if str(one.number) == wanted), None)


def _passages(connection: sqlite3.Connection, version: str, spots: list[Spot]) -> tuple[ShownPassage, ...]:
    found = []
    for passage in records(connection, ShownPassage, PASSAGES, [version, MOST_PASSAGES]):
        marks = [
            Mark(start=spot.start, end=spot.end, kind=spot.kind, note=spot.note, link=spot.link)
            for spot in spots
            if spot.passage == passage.id
        ]
        values = {name: getattr(passage, name) for name in ShownPassage.__dataclass_fields__}
        found.append(ShownPassage(**(values | {"pieces": pieces(passage.text, marks)})))
    return tuple(found)


def compare(connection: sqlite3.Connection, identifier: str, old: str, new: str) -> Compared | None:
    """Return what differs between two numbered versions, without numbers the last two; None: there are none."""
    document = first(connection, ShownDocument, DOCUMENT, [identifier])
    versions = records(connection, Version, VERSIONS, [identifier])
    if document is None or not versions:
        return None
    later = _numbered(versions, new) if new else versions[-1]
    earlier = _numbered(versions, old) if old else versions[max(0, len(versions) - 2)]
    if earlier is None or later is None:
        return None
    return Compared(
        document=document,
        versions=tuple(versions),
        old=earlier,
        new=later,
        changes=passage_changes(_texts(connection, earlier.id), _texts(connection, later.id)),
    )


def _texts(connection: sqlite3.Connection, version: str) -> list[tuple[str, str]]:
    rows = connection.execute("SELECT key, text FROM passages WHERE version = ? ORDER BY position", [version])
    return [(row[0], row[1]) for row in rows]


def list_documents(connection: sqlite3.Connection, pairs: list[tuple[str, str]]) -> Documents:
    """Return a page of the relevant documents, latest first; `source=` and `edited=yes` limit it."""
    asked = dict(pairs)
    where, values = "d.is_relevant = 1", []
    if source := asked.get("source", ""):
        where += " AND d.source = ?"
        values.append(source)
    edited = asked.get("edited") == "yes"
    if edited:
        where += " AND d.id IN (SELECT document FROM versions WHERE number > 1)"
    total = number(connection, f"SELECT count(*) FROM documents d WHERE {where}", values)  # noqa: S608 -- ours
    pages = max(1, -(-total // PAGE))
    wanted = asked.get("page", "1")
    page = min(int(wanted), pages) if wanted.isascii() and wanted.isdigit() and len(wanted) < len("1000000") else 1
    page = max(1, page)
    lines = records(
        connection,
        DocumentLine,
        "SELECT d.id, d.title, d.source, d.kind, d.published, d.house, d.state,"  # noqa: S608 -- ours
        " (SELECT count(*) FROM versions v WHERE v.document = d.id) AS versions,"
        " (SELECT count(DISTINCT s.commitment) FROM statements s WHERE s.document = d.id) AS commitments"
        f" FROM documents d WHERE {where} ORDER BY d.published DESC, d.id LIMIT ? OFFSET ?",
        [*values, PAGE, (page - 1) * PAGE],
    )
    return Documents(lines=tuple(lines), total=total, page=page, pages=pages, source=source, edited=edited)
