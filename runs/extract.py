"""Judge every document that is new, changed, or was judged by older rules; on all cores where there is much to do."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from db.register.statements import clear_derived, load_posts, load_versions, to_judge, write_judged
from processing.commitments.statements import judge_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from db.register.documents import Register
    from processing.commitments.statements import Judged, StoredVersion
    from processing.language.terms import Vocabulary
    from processing.records import Post
    from processing.timing import Calendar

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
) -> int:
    """Judge what must be judged and return how many documents that was. The derived tables are empty afterwards."""
    database = register.database
    posts = load_posts(database)
    rules = rules_version()
    with database.atomic():
        clear_derived(database)
    due = dict(to_judge(database, f"{rules} {calendar.version} {_posts_mark(posts)}"))
    loaded = load_versions(database, list(due), vocabulary)
    works = (Work(document=document, mark=due[document], versions=versions) for document, versions in loaded)
    done = 0
    for judged in _judge_all(works, posts, calendar, many=len(due) >= MANY):
        with database.atomic():
            write_judged(database, judged, due[judged.document], rules)
        done += 1
        if done % 500 == 0:
            progress(f"judged {done} of {len(due)} documents")
    return done


def _posts_mark(posts: Mapping[str, Sequence[Post]]) -> str:
    return sha256(repr(sorted(posts.items())).encode()).hexdigest()[:12]


def _judge_all(
    works: Iterable[Work], posts: Mapping[str, Sequence[Post]], calendar: Calendar, *, many: bool
) -> Iterator[Judged]:
    if not many:
        for work in works:
            yield judge_document(work.versions, posts, calendar)
        return
    with ProcessPoolExecutor(initializer=_prepare, initargs=(posts, calendar)) as pool:
        yield from pool.map(_judge_prepared, works, chunksize=CHUNK)


_shared: dict[str, tuple[Mapping[str, Sequence[Post]], Calendar]] = {}  # in a worker only: sent once, not per document


def _prepare(posts: Mapping[str, Sequence[Post]], calendar: Calendar) -> None:
    _shared["with"] = (posts, calendar)


def _judge_prepared(work: Work) -> Judged:
    posts, calendar = _shared["with"]
    return judge_document(work.versions, posts, calendar)
