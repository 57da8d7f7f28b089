"""Process the archive into the register: read, judge, derive, as one transaction where readers of the site look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.archive.archive import Archive, instant
from db.register.documents import Register
from db.register.health import note_processing, take_over_crawls
from db.register.statements import clear_derived, load_not_sitting, load_sitting_days
from processing.language.terms import load_vocabulary
from processing.timing import load_calendar, with_collected
from runs.derive import Derived, derive
from runs.extract import judge_archive
from runs.read import read_archive
from showing.accuracy import stated_accuracy

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

VOCABULARY = "vocabulary_version"  # fact: the vocabulary by which the register was filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed:
    """What a run of processing did."""

    read: Counter[str]
    judged: int
    derived: Derived


def process(
    folder: Path,
    today: date,
    *,
    everything: bool = False,
    again: Sequence[str] = (),
    only: Sequence[str] | None = None,
    began: datetime | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Processed:
    """Bring the register of a data folder up to its archive, as things stand on `today`.

    `everything` reads and judges the whole archive again, and so does a vocabulary other than the last one: what is
    on the subject hangs on it. `again` reads some sources again from their first answer. `only` limits the reading to
    some sources.
    `began` is the instant up to which the archive is read whole (default: now); the digest tells up to it.
    A kill at any moment loses nothing: the same call ends in the same register.
    """
    began = began or datetime.now(tz=UTC)
    archive, register = Archive(folder), Register(folder)
    vocabulary = load_vocabulary()
    try:
        with register.database.atomic():
            if everything or register.fact(VOCABULARY) not in (None, vocabulary.version):
                register.empty()
            elif again:
                clear_derived(register.database)
                register.forget(again)
            read = read_archive(archive, register, vocabulary, only=only, progress=progress)
            days = load_not_sitting(register.database), load_sitting_days(register.database)
            calendar = with_collected(load_calendar(), *days)
            judged, unjudged = judge_archive(register, vocabulary, calendar, progress=progress)
            read["refused"] += unjudged
            derived = derive(archive, register.database, vocabulary, today)
            register.set_fact("as_of", today.isoformat())
            register.set_fact(VOCABULARY, vocabulary.version)
            register.set_fact("accuracy", stated_accuracy())
            take_over_crawls(register.database.conn, archive.crawls())
            if only is None:
                note_processing(register.database.conn, instant(began))
    finally:
        register.close()
        archive.close()
    return Processed(read=read, judged=judged, derived=derived)
