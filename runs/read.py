"""Read the archive into the register: each answer once, refusals by name, nothing dropped in silence."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import spiders
from db.archive.archive import instant
from db.register.documents import ReadPassage, SourceFacts
from db.register.taken_over import add_fact_of_house, forget_days, set_coverage, set_sources, set_vocabulary
from processing.errors import KindNotCollected, SourceChanged
from processing.language.terms import find_mentions
from processing.records import Document
from spiders.base import SourceSpider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from db.archive.archive import Archive, Kept
    from db.register.documents import Register
    from processing.language.terms import Vocabulary
    from processing.records import Passage, Record

logger = logging.getLogger(__name__)
OK = 200
BATCH = 200  # answers a transaction: a kill loses at most these, and the next run reads them again


class Source(Protocol):
    """What a source's module offers: `read`, and where it knows of removed pages, `read_missing`."""

    def read(self, body: bytes, url: str) -> Iterator[Record]: ...


def sources() -> dict[str, tuple[Any, SourceFacts]]:
    """Return each source's module and what is said of it, by source id."""
    found: dict[str, tuple[Any, SourceFacts]] = {}
    for info in pkgutil.iter_modules(spiders.__path__):
        module = importlib.import_module(f"spiders.{info.name}")
        for value in vars(module).values():
            if not isinstance(value, type) or not issubclass(value, SourceSpider) or value is SourceSpider:
                continue
            if value.__module__ == module.__name__:
                facts = SourceFacts(
                    id=value.name,
                    name=value.title,
                    licence=value.licence,
                    attribution=value.attribution,
                    url=value.home,
                )
                found[value.name] = (module, facts)
    return found


def records_of(module: Any, kept: Kept) -> Iterator[Record]:
    """Read one answer with its source's reader; a page that answers 404 or 410 by `read_missing`, if it has one."""
    answer = kept.answer
    if answer.status == OK:
        yield from module.read(answer.body, answer.url)
    elif hasattr(module, "read_missing"):
        yield from module.read_missing(answer.status, answer.body, answer.url)


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
    known = sources()
    set_sources(register.database, (facts for _, facts in known.values()))
    set_vocabulary(register.database, vocabulary)
    counts: Counter[str] = Counter()
    for source in archive.sources():
        if only is not None and source not in only:
            continue
        if source not in known:
            logger.warning("the archive holds answers of %s, which no spider knows: left out", source)
            continue
        counts += _read_source(archive, register, vocabulary, source, known[source][0])
        progress(f"read {source}: {counts['documents']} documents so far")
    counts += _read_parts(archive, register, vocabulary, known)
    set_coverage(register.database, archive.asked())
    return counts


def _read_source(
    archive: Archive, register: Register, vocabulary: Vocabulary, source: str, module: Any
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
            counts += _read_batch(register, vocabulary, module, batch)
            batch = []
        furthest, last = max(furthest, kept.id), max(last, instant(kept.answer.fetched_at))
    counts += _read_batch(register, vocabulary, module, batch)
    # only when all is read: the order is by instant, not by row
    register.set_fact(mark, str(furthest))
    register.set_fact(until, last)
    return counts


def _read_batch(register: Register, vocabulary: Vocabulary, module: Any, batch: Sequence[Kept]) -> Counter[str]:
    counts: Counter[str] = Counter()
    with register.database.atomic():
        for kept in batch:
            counts["answers"] += 1
            try:
                records = list(records_of(module, kept))
            except SourceChanged as error:
                register.refuse(kept, "source changed", error.where, error.what)
                counts["refused"] += 1
                logger.warning("%s", error)
                continue
            except KindNotCollected as error:
                register.refuse(kept, "kind not collected", error.where, error.kind)
                counts["not collected"] += 1
                continue
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
    archive: Archive, register: Register, vocabulary: Vocabulary, known: Mapping[str, tuple[Any, SourceFacts]]
) -> Counter[str]:
    """Keep the passages of documents that only became relevant through another version, their page or a part."""
    register.attach_parts()
    counts: Counter[str] = Counter()
    with register.database.atomic():
        for document_id, version, digest, url in list(register.without_passages()):
            module = known[document_id.split("/", 1)[0]][0]
            for record in module.read(archive.body(digest), url):
                if isinstance(record, Document) and record.id == document_id:
                    register.keep_passages(version, record, with_mentions(record, vocabulary))
                    counts["parts kept"] += 1
    return counts
