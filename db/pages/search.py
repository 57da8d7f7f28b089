"""Full text search over passages and commitments (FTS5): phrases, prefixes, AND, OR, NOT; safe with any input."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.queries import marks, records
from showing.highlights import Mark, Piece, pieces

if TYPE_CHECKING:
    import sqlite3

    from db.pages.search_choice import SearchChoice

PAGE = 20
MANY = 10_000  # above this a word is common: walk by day instead of sorting all that match
OPEN, CLOSE = "\x02", "\x03"
TOKEN = re.compile(r'(?P<minus>-(?=[\w"]))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that matches, with an extract of which the matching words are marked."""

    id: int
    document: str
    title: str
    source: str
    key: str
    kind: str
    speaker: str | None
    person: str | None
    post: str | None
    house: str | None
    column: str | None
    spoken_on: str | None
    url: str | None
    seen_at: str
    has_commitment: int
    extract: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """A page of hits. `total` is exact up to MANY; `is_more` says that there are more than that."""

    hits: tuple[Hit, ...]
    total: int
    is_more: bool


def match_expression(words: str) -> str | None:
    """Turn what a person typed into an FTS5 expression; None where it holds nothing to search for.

    Words must all be there; `"a phrase"` in that order; `child*` a beginning; OR either; NOT or a leading minus none
    of it. Everything else is taken as text, so no input is a mistake.
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    joiner = ""
    for found in TOKEN.finditer(words):
        word = found["word"] or ""
        if word in ("AND", "OR", "NOT") and not found["minus"]:
            joiner = word
            continue
        term = _term(word or found["phrase"] or "", is_word=bool(word))
        if term is None:
            continue
        if found["minus"] or joiner == "NOT":
            unwanted.append(term)
        elif joiner == "OR" and wanted:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        joiner = ""
    if not wanted:
        return None
    expression = " AND ".join(f"({' OR '.join(group)})" for group in wanted)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def _term(text: str, *, is_word: bool) -> str | None:
    if not any(character.isalnum() for character in text):
        return None
    text = text.replace("\x00", " ")
    return f'"{text.rstrip("*")}"*' if is_word and text.endswith("*") else f'"{text}"'


def search_passages(connection: sqlite3.Connection, choice: SearchChoice) -> SearchResult:
    """Search the passages of the latest versions."""
    expression = match_expression(choice.words)
    if expression is None:
        return SearchResult(hits=(), total=0, is_more=False)
    where, values = choice.conditions()
    matching = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM passages_fts WHERE passages_fts MATCH ? LIMIT ?)", [expression, MANY + 1]
    ).fetchone()[0]
    skip = (choice.page - 1) * PAGE
    if matching > MANY:
        ids = _walk_by_day(connection, expression, where, values, skip)
        return SearchResult(hits=_hits(connection, ids, expression), total=MANY, is_more=True)
    ids, total = _sort_all(connection, expression, where, values, skip, by_relevance=choice.sort == "relevance")
    return SearchResult(hits=_hits(connection, ids, expression), total=total, is_more=False)


def _walk_by_day(
    connection: sqlite3.Connection, expression: str, where: str, values: list[Any], skip: int
) -> list[int]:
    # a common word is found soon on the way back from today, whatever the size of the register
    rows = connection.execute(
        "SELECT p.id FROM passages p INDEXED BY passages_by_day JOIN documents d ON d.id = p.document"  # noqa: S608 -- `where` is ours
        f" WHERE p.is_latest = 1 AND p.spoken_on IS NOT NULL {where}"
        " AND EXISTS (SELECT 1 FROM passages_fts f WHERE f.rowid = p.id AND f.passages_fts MATCH ?)"
        " ORDER BY p.spoken_on DESC LIMIT ? OFFSET ?",
        [*values, expression, PAGE, skip],
    )
    return [row[0] for row in rows]


def _sort_all(
    connection: sqlite3.Connection, expression: str, where: str, values: list[Any], skip: int, *, by_relevance: bool
) -> tuple[list[int], int]:
    order = "f.rank, p.spoken_on DESC" if by_relevance else "p.spoken_on DESC, p.position"
    joined = (
        " FROM passages_fts f CROSS JOIN passages p ON p.id = f.rowid"
        + (" JOIN documents d ON d.id = p.document" if where else "")
        + f" WHERE f.passages_fts MATCH ? {where}"
    )
    rows = connection.execute(
        f"SELECT p.id, count(*) OVER () {joined} ORDER BY {order} LIMIT ? OFFSET ?",
        [expression, *values, PAGE, skip],
    ).fetchall()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def _hits(connection: sqlite3.Connection, ids: list[int], expression: str) -> tuple[Hit, ...]:
    if not ids:
        return ()
    found = records(
        connection,
        Hit,
        "SELECT p.id, p.document, d.title, d.source, p.key, p.kind, p.speaker, p.person, p.post, p.house,"  # noqa: S608 -- place holders only
        ' p."column", p.spoken_on, p.url, d.first_seen_at AS seen_at,'
        " EXISTS (SELECT 1 FROM statements s WHERE s.passage = p.id) AS has_commitment"
        f" FROM passages p JOIN documents d ON d.id = p.document WHERE p.id IN ({marks(len(ids))})",
        ids,
    )
    extracts = dict(
        connection.execute(
            "SELECT rowid, snippet(passages_fts, 0, ?, ?, '…', 48) FROM passages_fts"  # noqa: S608 -- place holders only
            f" WHERE passages_fts MATCH ? AND rowid IN ({marks(len(ids))})",
            [OPEN, CLOSE, expression, *ids],
        ).fetchall()
    )
    by_id = {hit.id: hit for hit in found}
    return tuple(_with_extract(by_id[identifier], extracts.get(identifier, "")) for identifier in ids)


def _with_extract(hit: Hit, extract: str) -> Hit:
    values = {name: getattr(hit, name) for name in Hit.__dataclass_fields__}
    return Hit(**(values | {"extract": marked(extract)}))


def marked(extract: str) -> tuple[Piece, ...]:
    """Turn an extract with OPEN and CLOSE around what matched into pieces."""
    text = ""
    found: list[Mark] = []
    for part in re.split(f"({OPEN}[^{CLOSE}]*{CLOSE})", extract):
        plain = part.strip(OPEN + CLOSE)
        if part.startswith(OPEN):
            found.append(Mark(start=len(text), end=len(text) + len(plain), kind="match"))
        text += plain
    return pieces(text, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentHit:
    """A commitment of which the promise or the owner matches."""

    id: str
    owner: str
    status: str
    latest: str | None
    timing: str | None
    promise: tuple[Piece, ...]


def search_commitments(connection: sqlite3.Connection, words: str, *, limit: int = 5) -> list[CommitmentHit]:
    """Search the promises of the commitments; the newest in the register first."""
    expression = match_expression(words)
    if expression is None:
        return []
    rows = connection.execute(
        "SELECT c.id, c.owner, c.status, c.latest, c.timing, highlight(commitments_fts, 0, ?, ?) FROM commitments_fts"
        " JOIN commitments c ON c.number = commitments_fts.rowid WHERE commitments_fts MATCH ?"
        " AND c.joined_into IS NULL AND c.status <> 'rejected' ORDER BY commitments_fts.rowid DESC LIMIT ?",
        [OPEN, CLOSE, expression, limit],
    )
    return [
        CommitmentHit(id=row[0], owner=row[1], status=row[2], latest=row[3], timing=row[4], promise=marked(row[5]))
        for row in rows
    ]
