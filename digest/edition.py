"""One sending's view of the register: the news of its span, the names of things, the health lines, the public issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from db import queries
from db.archive.archive import instant, moment
from db.pages import digests, news
from db.private.subscribers import Subscription
from db.register.documents import Register
from db.register.health import health
from digest.compose import Digest, compose
from digest.matching import EVERYTHING, TopicNames, described
from digest.render import Frame, health_lines
from processing.commitments.event_kinds import EVENT_NAMES
from processing.london import LONDON

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from db.pages.digests import Issue
    from db.pages.news import News
    from db.private.subscribers import Subscriber

WEEK = 7
DUE = 6  # days after which the next issue of the site is due, see `send.WEEKLY`


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a sending tells from. `news` are all events noticed after its earliest reader was told, up to `until`.

    `id` is the day in London; `since` the instant that the operator gave in place of each reader's own; `issue` the
    site's own issue to which a mail may link.
    """

    id: str
    now: datetime
    today: date
    until: str
    since: str | None
    is_given: bool
    news: tuple[News, ...]
    names: TopicNames
    frame: Frame
    issue: Issue | None

    def after(self, person: Subscriber) -> str:
        """Return the instant after which a person is to be told."""
        return self.since or person.told_to or person.confirmed_at or self.until

    def compose(self, wishes: Sequence[Subscription], after: str, told: Collection[str] = ()) -> Digest:
        """Compose what somebody with these wishes is told of what was noticed after an instant."""
        span = [one for one in self.news if one.noticed_at > after]
        return compose(span, wishes, self.names, self.today, told=told)

    def described(self, wishes: Sequence[Subscription]) -> tuple[str, ...]:
        """Say wishes in words."""
        return tuple(described(wish, self.names) for wish in wishes)

    def rest_link(self, after: str) -> str:
        """Return the page that shows all of a span: the issue where it covers the span, else the list of changes."""
        if self.issue and self.issue.since <= after and self.issue.until == self.until:
            return f"{self.frame.site}/digest/{self.issue.id}"
        return f"{self.frame.site}/changes?since={after[:10]}&until={self.until[:10]}"


def open_edition(
    data: Path,
    site: str,
    now: datetime,
    *,
    after: str | None = None,
    since: date | None = None,
    until: date | None = None,
    searches: Collection[str] = (),
) -> Edition:
    """Read what a sending at an instant tells. `after` is the earliest instant of which a reader was told.

    `since` and `until` are days of London, inclusive. The span never reaches beyond the last good processing: what
    was noticed later is not all in the register yet. Raises BadInput where there is no register.
    """
    register = Register(data, must_exist=True)
    try:
        connection = register.database.conn
        end = min(_end_of(until) if until else instant(now), news.processed_to(connection) or instant(now))
        start = _start_of(since) if since else None
        issue = due_issue(connection, now, end)
        earliest = min(one for one in (start or after, issue and issue.since, end) if one)
        today = queries.site(connection, now.astimezone(LONDON).date()).today
        return Edition(
            id=now.astimezone(LONDON).date().isoformat(),
            now=now,
            today=today,
            until=end,
            since=start,
            is_given=since is not None or until is not None,
            news=tuple(news.noticed(connection, earliest, end)),
            names=TopicNames(
                topics=news.topic_names(connection),
                sets=news.set_titles(connection),
                kinds=EVENT_NAMES,
                found={search: news.found_by(connection, search) for search in searches},
            ),
            frame=Frame(
                site=site,
                is_sample=queries.site(connection, today).is_sample,
                health=health_lines(health(connection, today)),
                names=EVENT_NAMES,
            ),
            issue=issue,
        )
    finally:
        register.close()


def due_issue(connection: sqlite3.Connection, now: datetime, until: str) -> Issue | None:
    """Return the issue that is to be published now, without its entries yet; the last one where none is due."""
    day = now.astimezone(LONDON).date()
    last = next(iter(digests.latest(connection, 1)), None)
    if last is not None and (day - date.fromisoformat(last.id)).days < DUE:
        return last
    since = last.until if last else instant(moment(until) - timedelta(days=WEEK))
    return digests.Issue(id=day.isoformat(), since=since, until=until, title="", entries=())


def publish_issue(data: Path, edition: Edition) -> bool:
    """Publish the issue of the week where it is due. Returns whether there was one to publish."""
    issue = edition.issue
    if issue is None or issue.title or edition.is_given:
        return False
    span = [one for one in edition.news if one.noticed_at > issue.since]
    whole = compose(span, (Subscription(EVERYTHING),), edition.names, edition.today, longest=len(span))
    register = Register(data)
    try:
        with register.database.atomic():
            digests.publish(
                register.database.conn,
                digests.Issue(
                    id=issue.id,
                    since=issue.since,
                    until=issue.until,
                    title=whole.title,
                    entries=tuple(entry for group in whole.groups for entry in group.entries),
                    older=whole.older,
                ),
            )
    finally:
        register.close()
    return True


def _start_of(day: date) -> str:
    return instant(datetime.combine(day, time(), tzinfo=LONDON))


def _end_of(day: date) -> str:
    return instant(datetime.combine(day + timedelta(days=1), time(), tzinfo=LONDON))
