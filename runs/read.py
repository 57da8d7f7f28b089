"""Read the archive into the register: each answer once, refusals by name, nothing dropped in silence."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from db.archive.archive import instant
from db.register.documents import ReadPassage, SourceFacts
from db.register.taken_over import add_fact_of_house, forget_days, set_coverage, set_sources, set_vocabulary
from processing.errors import FollowthroughError, KindNotCollected, SourceChanged
from processing.language.terms import find_mentions
from processing.one_document import named
from processing.records import Document
from spiders.sources import all_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.archive.archive import Archive, Kept
    from db.register.documents import Register
    from processing.language.terms import Vocabulary
    from processing.records import Passage, Record
    from spiders.base import SourceSpider

logger = logging.getLogger(__name__)
OK = 200
BATCH = 200  # answers a transaction: a kill loses at most these, and the next run reads them again


def facts_of(spider: type[SourceSpider]) -> SourceFacts:
    """Return what the register says of a source."""
    return SourceFacts(
        id=str(spider.name),
        name=spider.title,
        licence=spider.licence,
        attribution=spider.attribution,
        url=spider.home,
    )


def records_of(spider: type[SourceSpider], kept: Kept) -> list[Record]:
    """Read one answer with its source's reader; a page that answers 404 or 410 by `read_missing`."""
    answer = kept.answer
    with named(answer.url):
        if kept.is_damaged:
            raise SourceChanged(answer.url, "its body in the archive is damaged: restore a backup, or crawl it again")
        if answer.status == OK:
            return list(spider.read(answer.body, answer.url))
        return list(spider.read_missing(answer.status, answer.body, answer.url))


def read_archive(
    archive: Archive,
    register: Register,
    vocabulary: Vocabulary,
    *,
    only: Sequence[str] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Counter[str]:
    """Read what is new in the archive. Returns counts: answers, documents, versions, refused, not collected.

    Safe to stop at any moment and to run again: how far each source was read is kept with what was read.
    """
    known = all_sources()
    set_sources(register.database, map(facts_of, known.values()))
    set_vocabulary(register.database, vocabulary)
    counts: Counter[str] = Counter()
    for source in archive.sources():
        if only is not None and source not in only:
            continue
        if source not in known:
            logger.warning("the archive holds answers of %s, which no spider knows: left out", source)
            continue
        counts += _read_source(archive, register, vocabulary, source, known[source])
        progress(f"read {source}: {counts['documents']} documents so far")
    counts += _read_parts(archive, register, vocabulary, known)
    set_coverage(register.database, archive.asked())
    return counts


def _read_source(
    archive: Archive, register: Register, vocabulary: Vocabulary, source: str, spider: type[SourceSpider]
) -> Counter[str]:
    counts: Counter[str] = Counter()
    mark, until = f"read:{source}", f"read:{source}:until"
    furthest, last = int(register.fact(mark) or 0), register.fact(until) or ""
    earliest = archive.earliest(source, furthest)
    # answers that came late take their place in time only when those after them are read again
    start = 0 if earliest is not None and earliest < last else furthest
    batch: list[Kept] = []
    for kept in archive.answers(source, after=start):
        batch.append(kept)
        if len(batch) >= BATCH:
            counts += _read_batch(register, vocabulary, spider, batch)
            batch = []
        furthest, last = max(furthest, kept.id), max(last, instant(kept.answer.fetched_at))
    counts += _read_batch(register, vocabulary, spider, batch)
    # only when all is read: the order is by instant, not by row
    register.set_fact(mark, str(furthest))
    register.set_fact(until, last)
    return counts


def _read_batch(
    register: Register, vocabulary: Vocabulary, spider: type[SourceSpider], batch: Sequence[Kept]
) -> Counter[str]:
    counts: Counter[str] = Counter()
    with register.database.atomic():
        for kept in batch:
            counts["answers"] += 1
            try:
                counts += _take_in(register, vocabulary, spider, kept)
            except SourceChanged as error:
                register.refuse(kept, "source changed", error.where, error.what)
                counts["refused"] += 1
                logger.warning("%s", error)
            except KindNotCollected as error:
                register.refuse(kept, "kind not collected", error.where, error.kind)
                counts["not collected"] += 1
    return counts


def _take_in(register: Register, vocabulary: Vocabulary, spider: type[SourceSpider], kept: Kept) -> Counter[str]:
    """Read one answer and place what it holds, all of it or nothing. Raises SourceChanged or KindNotCollected."""
    counts: Counter[str] = Counter()
    records = records_of(spider, kept)
    with named(kept.answer.url), register.database.atomic():
        register.accept(kept)
        if kept.answer.status == OK:
            forget_days(register.database, kept.answer.url, kept.answer.fetched_at.date())
        for record in records:
            counts += _place(register, vocabulary, kept, record)
    return counts


def _place(register: Register, vocabulary: Vocabulary, kept: Kept, record: Record) -> Counter[str]:
    if not isinstance(record, Document):
        add_fact_of_house(register.database, record, kept.answer.source, kept.answer.url)
        return Counter({"people and days": 1})
    passages = with_mentions(record, vocabulary)
    is_relevant = bool(find_mentions(record.title, vocabulary)) or any(read.mentions for read in passages)
    made = register.place(record, kept, passages, is_relevant=is_relevant)
    return Counter({"documents": 1, "versions": int(made), "relevant": int(is_relevant)})


def with_mentions(document: Document, vocabulary: Vocabulary) -> list[ReadPassage]:
    """Return the passages of a document with their tracked terms; keys that stand twice are told apart."""
    seen: Counter[str] = Counter()
    found = []
    for passage in document.passages:
        seen[passage.key] += 1
        unique = passage if seen[passage.key] == 1 else _renamed(passage, seen[passage.key])
        found.append(ReadPassage(passage=unique, mentions=find_mentions(passage.text, vocabulary, document.title)))
    return found


def _renamed(passage: Passage, number: int) -> Passage:
    return replace(passage, key=f"{passage.key}~{number}")


def _read_parts(
    archive: Archive, register: Register, vocabulary: Vocabulary, known: Mapping[str, type[SourceSpider]]
) -> Counter[str]:
    """Keep the passages of documents that only became relevant through another version, their page or a part."""
    register.attach_parts()
    counts: Counter[str] = Counter()
    with register.database.atomic():
        for document_id, version, digest, url in list(register.without_passages()):
            spider = known[document_id.split("/", 1)[0]]
            try:
                with named(url):
                    found = [one for one in spider.read(archive.body(digest), url) if isinstance(one, Document)]
            except FollowthroughError as error:  # the refusal stands already: it was read before
                logger.warning("%s", error)
                continue
            for record in found:
                if record.id == document_id:
                    register.keep_passages(version, record, with_mentions(record, vocabulary))
                    counts["parts kept"] += 1
    return counts
