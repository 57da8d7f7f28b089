"""Verifies the databases: whole files, kept promises of the schema, and every quote against the archive itself."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from db.archive.archive import FILE as ARCHIVE
from db.archive.archive import Archive
from db.register.checking import check_search, commitments_without_statement, quotes
from db.register.documents import FILE as REGISTER
from db.register.documents import Register
from db.taking_out.backup import FILES, integrity
from processing.errors import FollowthroughError
from processing.language.terms import load_vocabulary
from processing.records import Document
from runs.read import with_mentions
from spiders.sources import all_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from db.register.checking import Quoted
    from processing.language.terms import Vocabulary
    from spiders.base import SourceSpider


def check(data: Path) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with the databases of a folder, and where; nothing if all is well.

    Every quote is looked for in the text as it is read anew from the archived bytes.
    """
    present = [name for name in FILES if (data / name).exists()]
    if REGISTER not in present or ARCHIVE not in present:
        yield f"{data}: there is no register yet. Run `followthrough update` first."
        return
    damaged = False
    for name in present:
        for problem in integrity(data / name):
            damaged = True
            yield f"{name}: {problem}"
    if damaged:
        yield "The rest was not checked. Restore a backup: `followthrough restore`."
        return
    register, archive = Register(data), Archive(data)
    try:
        connection = register.database.conn
        if misfit := check_search(connection):
            yield f"{REGISTER}: the search index does not fit its table: {misfit}. Run `followthrough process --all`."
        for commitment in commitments_without_statement(connection):
            yield f"{REGISTER}: commitment {commitment} has no statement. Run `followthrough process --all`."
        for digest, url in archive.damaged():
            yield f"{ARCHIVE}: the body {digest[:12]} of {url} is damaged. Restore a backup: `followthrough restore`."
        yield from check_quotes(archive, quotes(connection))
    finally:
        register.close()
        archive.close()


def check_quotes(archive: Archive, found: Sequence[Quoted]) -> Iterator[str]:
    """Yield a sentence for every quote that is no exact part of its passage, or of the archived text."""
    vocabulary, known = load_vocabulary(), all_sources()
    for _, group in groupby(found, key=lambda one: one.version):
        quoted = list(group)
        texts = _texts(archive, quoted[0], known[quoted[0].source], vocabulary)
        for one in quoted:
            end = one.start + len(one.quote)
            if one.passage_text[one.start : end] != one.quote:
                yield f"{one.what}: its words do not stand at {one.start} of {one.document}, passage {one.passage_key}."
            elif isinstance(texts, str):
                yield f"{one.what}: {one.version} can't be read from the archive: {texts}."
            elif texts.get(one.passage_key, "")[one.start : end] != one.quote:
                yield f"{one.what}: its words are not in the archived text of {one.version}, passage {one.passage_key}."


def _texts(
    archive: Archive, quoted: Quoted, spider: type[SourceSpider], vocabulary: Vocabulary
) -> dict[str, str] | str:
    """Return the passages of a version as its archived bytes give them; a sentence where they can't be read."""
    try:
        for record in spider.read(archive.body(quoted.answer_hash), quoted.answer_url):
            if isinstance(record, Document) and record.id == quoted.document:
                return {read.passage.key: read.passage.text for read in with_mentions(record, vocabulary)}
    except (FollowthroughError, KeyError) as error:
        return f"{type(error).__name__}: {error}"
    return "the answer no longer gives this document"
