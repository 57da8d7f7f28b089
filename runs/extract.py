"""Judge every document that is new, changed, or was judged by older rules; on all cores where there is much to do."""

from __future__ import annotations

import logging
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from db.register.statements import (
    clear_derived,
    load_posts,
    load_versions,
    note_unjudged,
    to_judge,
    write_judged,
)
from processing.commitments.statements import judge_document
from processing.errors import SourceChanged
from processing.one_document import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from db.register.documents import Register
    from processing.commitments.statements import Judged, StoredVersion
    from processing.language.terms import Vocabulary
    from processing.records import Post
    from processing.timing import Calendar

logger = logging.getLogger(__name__)
MANY = 400  # documents from which a second process pays for its start
CHUNK = 40
PROCESSING = Path(__file__).parent.parent / "processing"
# What decides what is found in a document, and nothing else: a drawing that changes must not judge the archive anew.
RULES = (
    "language",
    "timing",
    "extraction",
    "commitments/capacity.py",
    "commitments/identity.py",
    "commitments/statement.py",
    "commitments/statements.py",
    "commitments/things.py",
    "commitments/things.yml",
    "records.py",
    "sources.py",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One document to judge: its versions and the mark that says by what it was judged."""

    document: str
    mark: str
    versions: tuple[StoredVersion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """A document that could not be judged, and why in words."""

    document: str
    why: str


def rules_version() -> str:
    """Return a short name of the rules: it changes with any file, code or data, on which a reading of words hangs."""
    places = [PROCESSING / place for place in RULES]
    found = [file for place in places for file in ([place] if place.is_file() else place.rglob("*"))]
    files = sorted(file for file in found if file.suffix in {".py", ".yml", ".json"})
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:12]


def judge_archive(
    register: Register,
    vocabulary: Vocabulary,
    calendar: Calendar,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[int, int]:
    """Judge what must be judged. Returns how many documents that was, and how many could not be: each is named.

    The derived tables are empty afterwards.
    """
    database = register.database
    posts = load_posts(database)
    rules = rules_version()
    with database.atomic():
        clear_derived(database)
    due = dict(to_judge(database, f"{rules} {calendar.version} {_posts_mark(posts)}"))
    loaded = load_versions(database, list(due), vocabulary)
    works = (Work(document=document, mark=due[document], versions=versions) for document, versions in loaded)
    done = failed = 0
    for judged in _judge_all(works, posts, calendar, many=len(due) >= MANY):
        if isinstance(judged, Unjudged):
            failed += 1
            note_unjudged(database, judged.document, judged.why)
            logger.warning("%s could not be judged: %s", judged.document, judged.why)
            continue
        with database.atomic():
            write_judged(database, judged, due[judged.document], rules)
        done += 1
        if done % 500 == 0:
            progress(f"judged {done} of {len(due)} documents")
    return done, failed


def _posts_mark(posts: Mapping[str, Sequence[Post]]) -> str:
    return sha256(repr(sorted(posts.items())).encode()).hexdigest()[:12]


def _judge_all(
    works: Iterable[Work], posts: Mapping[str, Sequence[Post]], calendar: Calendar, *, many: bool
) -> Iterator[Judged | Unjudged]:
    if not many:
        for work in works:
            yield _judge(work, posts, calendar)
        return
    with ProcessPoolExecutor(initializer=_prepare, initargs=(posts, calendar)) as pool:
        yield from pool.map(_judge_prepared, works, chunksize=CHUNK)


_shared: dict[str, tuple[Mapping[str, Sequence[Post]], Calendar]] = {}  # in a worker only: sent once, not per document


def _prepare(posts: Mapping[str, Sequence[Post]], calendar: Calendar) -> None:
    _shared["with"] = (posts, calendar)


def _judge_prepared(work: Work) -> Judged | Unjudged:
    posts, calendar = _shared["with"]
    return _judge(work, posts, calendar)


def _judge(work: Work, posts: Mapping[str, Sequence[Post]], calendar: Calendar) -> Judged | Unjudged:
    """Judge one document; what makes us stumble over it is told, and ends nothing."""
    try:
        with named(work.document):
            return judge_document(work.versions, posts, calendar)
    except SourceChanged as error:
        return Unjudged(document=work.document, why=error.what)
