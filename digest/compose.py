"""Composes a digest: one entry a commitment, the most important first, whatever number of wishes it answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from db.pages.digests import Entry, Happening
from digest.matching import reasons
from processing.commitments.event_kinds import EVENT_KINDS, IMPORTANCE
from showing import wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from db.pages.news import News
    from db.private.subscribers import Subscription
    from digest.matching import TopicNames

LONGEST = 25  # entries of a mail; the rest is counted and linked
OLD = timedelta(days=60)  # said longer ago than this when first noticed: found by looking back, not news
OTHER = "Other commitments"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryGroup:
    """The entries under one topic, the most important first."""

    topic: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one person, or the site, is told.

    `groups` hold at most LONGEST entries; `rest` counts the others by kind; `older` how many events were noticed
    only now though they happened long ago; `events` are the ids of all events told, the rest and the old included.
    """

    groups: tuple[EntryGroup, ...]
    rest: tuple[str, ...]
    older: int
    events: tuple[str, ...]
    counts: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.groups and not self.older

    @property
    def title(self) -> str:
        """What happened, in a line: `1 overdue, 2 slipped, 3 new`."""
        return ", ".join(self.counts) or "nothing new"


def compose(
    news: Iterable[News],
    wishes: Sequence[Subscription],
    names: TopicNames,
    today: date,
    *,
    told: Collection[str] = (),
    longest: int = LONGEST,
) -> Digest:
    """Compose what a person with these wishes is told on a day; `told` are the ids of events told before."""
    wanted: dict[str, list[News]] = {}
    matched: dict[str, dict[str, None]] = {}
    events, older = [], 0
    for one in news:
        why = reasons(one, wishes, names) if one.id not in told else ()
        if not why:
            continue
        events.append(one.id)
        if is_old(one, today):
            older += 1
            continue
        wanted.setdefault(one.commitment, []).append(one)
        matched.setdefault(one.commitment, {}).update(dict.fromkeys(why))
    topics = [wish.value for wish in wishes if wish.kind == "topic"]
    entries = sorted(
        (entry_of(happened, tuple(matched[key]), topics, names.topics) for key, happened in wanted.items()),
        key=_rank,
    )
    return Digest(
        groups=grouped(entries[:longest]),
        rest=counted(entries[longest:]),
        older=older,
        events=tuple(events),
        counts=counted(entries),
    )


def is_old(news: News, today: date) -> bool:
    """Tell whether a piece of news is news only to the register: said long ago and found by looking back."""
    return not EVENT_KINDS[news.kind].happens_when_noticed and date.fromisoformat(news.happened_on) < today - OLD


def entry_of(
    happened: Sequence[News], matched: tuple[str, ...], preferred: Sequence[str], topics: Mapping[str, str]
) -> Entry:
    """Make the entry of one commitment: its most important event leads, the others follow."""
    ordered = sorted(happened, key=lambda one: (IMPORTANCE.index(one.kind), _latest_first(one.happened_on), one.id))
    first = ordered[0]
    own = [topic for topic in preferred if topic in first.topics] or list(first.topics)
    return Entry(
        commitment=first.commitment,
        promise=first.promise,
        owner=first.owner,
        status=first.status,
        kind=first.kind,
        happenings=tuple(
            Happening(event=one.id, kind=one.kind, happened_on=one.happened_on, summary=one.summary, days=one.days)
            for one in ordered
        ),
        quote=first.quote,
        # said again is said as before: two quotes would only ask for a difference that is not there
        quote_before=None if first.kind == "restated" or first.quote_before == first.quote else first.quote_before,
        speaker=first.speaker,
        post=first.post,
        said_on=first.said_on,
        source=first.source,
        url=first.url,
        when=by_when(first),
        topic=topics.get(own[0], own[0]) if own else OTHER,
        matched=tuple(one for one in matched if one != "everything"),
    )


def _latest_first(day: str) -> int:
    return -date.fromisoformat(day).toordinal()


def by_when(news: News) -> str:
    """Say by when a commitment is due, in words."""
    if news.latest:
        return wording.deadline(news.earliest, news.latest, news.last_said)
    return f"“{news.timing}”, which is no date" if news.timing else "no date given"


def _rank(entry: Entry) -> tuple[int, int, int]:
    first = entry.happenings[0]
    number = int(entry.commitment.rpartition("-")[2])
    return IMPORTANCE.index(entry.kind), _latest_first(first.happened_on), number


def grouped(entries: Sequence[Entry]) -> tuple[EntryGroup, ...]:
    """Put entries, the most important first, under their topics; the topic of the most important comes first."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.topic, []).append(entry)
    return tuple(EntryGroup(topic=topic, entries=tuple(found)) for topic, found in groups.items())


def counted(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Count entries by kind, in words: `2 slipped`."""
    counts = Counter(entry.kind for entry in entries)
    return tuple(told.counted.format(counts[kind]) for kind, told in EVENT_KINDS.items() if counts[kind])
