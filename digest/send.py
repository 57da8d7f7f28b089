"""Sends the digest: who is due, what they are told, and the ledger around every mail."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from db.archive.archive import instant, moment
from db.private import ledger
from db.private.subscribers import Private
from digest.edition import Edition, open_edition, publish_issue
from digest.post import Fate, NoPost
from digest.writing import MailDue, Writer
from processing.london import LONDON

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from db.private.subscribers import Subscriber
    from digest.post import MailPost, ServerAnswer
    from digest.settings import Settings

logger = logging.getLogger(__name__)
BATCH = 50  # mails written into the ledger before they are sent
TRIES = 2  # of one mail in one run: the second over a new connection
GIVE_UP = 10  # tries of one mail whose answer is lost every time
WEEKLY = 6  # days after which a weekly digest is due: a run late on Monday must not push the next to Tuesday
REMEMBERED = timedelta(days=400)
UNCONFIRMED = timedelta(days=3)


@dataclass(slots=True, kw_only=True)
class SendReport:
    """What a sending did: mails by what became of them, and the reasons of those that did not arrive."""

    sent: int = 0
    again: int = 0
    refused: int = 0
    later: int = 0
    lost: int = 0
    paused: int = 0
    nothing_new: int = 0
    not_due: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether every mail that was due was taken by the server."""
        return not (self.refused or self.later or self.lost or self.problems)

    @property
    def is_worth_another_try(self) -> bool:
        """Whether mails are open that the server may take a little later."""
        return bool(self.later or self.lost or self.problems)

    def followed_by(self, other: SendReport) -> SendReport:
        """Return this sending and the next try of what it left open as one: what is still open is as the last says."""
        return SendReport(
            sent=self.sent + other.sent,
            again=self.again + other.again,
            refused=self.refused + other.refused,
            paused=self.paused + other.paused,
            nothing_new=self.nothing_new + other.nothing_new,
            not_due=self.not_due,
            later=other.later,
            lost=other.lost,
            problems=list(other.problems),
        )

    @property
    def counts(self) -> dict[str, int]:
        """The figures, for the run's record."""
        names = ("sent", "again", "refused", "later", "lost", "paused", "nothing_new", "not_due")
        return {name: getattr(self, name) for name in names}


def send_digests(
    data: Path,
    settings: Settings,
    post: MailPost,
    now: datetime,
    *,
    since: date | None = None,
    until: date | None = None,
    only: Collection[str] = (),
) -> SendReport:
    """Send everyone who is due what they have not been told yet, and publish the issue of the week.

    `since` and `until` are days (London, inclusive) that take the place of each person's own span and of what is
    due; what a person was told before is never told again. `only` limits it to some addresses. Stopped at any
    moment, the same call goes on: see `db.private.ledger`.
    """
    private = Private(data)
    report = SendReport()
    try:
        ledger.prune(private, instant(now - REMEMBERED))
        private.forget_unconfirmed(instant(now - UNCONFIRMED))
        edition = _edition(private, data, settings, now, since, until)
        # before the mails, which link to it
        publish_issue(data, edition)
        try:
            with post:
                _finish(private, post, now, report)
                due = _due(private, edition, now, only, report)
                writer = Writer(private=private, settings=settings, edition=edition)
                for first in range(0, len(due), BATCH):
                    _send_batch(private, post, writer, due[first : first + BATCH], report)
        except NoPost as error:
            report.problems.append(str(error))
        for mail in ledger.open_mails(private):
            report.lost += mail.handed_at is not None
            report.later += mail.handed_at is None
    finally:
        private.close()
    return report


def _edition(
    private: Private, data: Path, settings: Settings, now: datetime, since: date | None, until: date | None
) -> Edition:
    active = [person for person in private.everyone() if person.state == "active"]
    wishes = private.subscriptions()
    return open_edition(
        data,
        settings.site,
        now,
        after=min((person.told_to for person in active if person.told_to), default=None),
        since=since,
        until=until,
        searches={wish.value for person in active for wish in wishes.get(person.id, ()) if wish.kind == "search"},
    )


def is_due(person: Subscriber, now: datetime) -> bool:
    """Tell whether a person's next digest is due: by days of London, whatever the hour."""
    if person.last_digest_at is None:
        return True
    last = moment(person.last_digest_at).astimezone(LONDON).date()
    today = now.astimezone(LONDON).date()
    match person.frequency:
        case "daily":
            return today > last
        case "weekly":
            return (today - last).days >= WEEKLY
        case _:
            return (today.year, today.month) > (last.year, last.month)


def _due(private: Private, edition: Edition, now: datetime, only: Collection[str], report: SendReport) -> list[MailDue]:
    """Return who is due with what they are told and from when; those with nothing to hear are noted at once."""
    wishes = private.subscriptions()
    told = ledger.told_events(private, instant(now - REMEMBERED))
    due: list[MailDue] = []
    quiet: list[int] = []
    for person in private.everyone():
        if person.state != "active" or (only and person.address not in only):
            continue
        if not edition.is_given and not is_due(person, now):
            report.not_due += 1
            continue
        after = edition.after(person)
        wanted = wishes.get(person.id, ())
        digest = edition.compose(wanted, after, told.get(person.id, set()))
        if digest.is_empty and not person.wants_empty:
            quiet.append(person.id)
        else:
            due.append(MailDue(person=person, wishes=wanted, digest=digest, after=after))
    report.nothing_new = len(quiet)
    ledger.nothing_to_tell(private, quiet, edition.until, instant(now))
    return due


def _send_batch(private: Private, post: MailPost, writer: Writer, batch: Sequence[MailDue], report: SendReport) -> None:
    mails = [writer.write(due) for due in batch]
    now = writer.edition.now
    ledger.write(private, mails, instant(now))
    for due, mail in zip(batch, mails, strict=True):
        _send(private, post, ledger.as_open(mail, due.person.address), now, report)


def _finish(private: Private, post: MailPost, now: datetime, report: SendReport) -> None:
    """Finish what an earlier run left: send again what may have left, take back what surely did not."""
    ledger.forget_unsent(private)
    for mail in ledger.open_mails(private):
        if mail.attempts >= GIVE_UP:
            ledger.close_unknown(private, mail.message_id, instant(now), "the answer of the server was lost every time")
            private.bounced(mail.subscriber, instant(now))
            continue
        person = private.by_id(mail.subscriber)
        if person is None or person.state != "active":
            ledger.close_unknown(private, mail.message_id, instant(now), "the person was paused meanwhile")
            continue
        report.again += 1
        _send(private, post, mail, now, report)


def _send(private: Private, post: MailPost, mail: ledger.OpenMail, now: datetime, report: SendReport) -> None:
    """Send one mail, a second time where its answer was lost, and close its rows in the ledger."""
    at = instant(now)
    fates: Counter[Fate] = Counter()
    answer = None
    for _ in range(TRIES):
        answer = post.deliver(
            mail.message_id, mail.address, mail.content, lambda: ledger.hand_over(private, mail.message_id, at)
        )
        fates[answer.fate] += 1
        if answer.fate in (Fate.TAKEN, Fate.REFUSED):
            break
    if answer is None:
        return
    _settle(private, mail, answer, at, report, was_lost=fates[Fate.LOST] > 0)


def _settle(
    private: Private, mail: ledger.OpenMail, answer: ServerAnswer, at: str, report: SendReport, *, was_lost: bool
) -> None:
    may_have_left = was_lost or mail.handed_at is not None
    if answer.fate is Fate.TAKEN:
        ledger.close_sent(private, mail.message_id, at)
        report.sent += 1
    elif answer.fate is Fate.REFUSED and may_have_left and not answer.is_bounce:
        # an earlier try may have arrived or not: only the very same mail can settle it, so it stays open
        logger.warning("subscriber %s: a mail sent again was refused; the next run tries once more", mail.subscriber)
    elif answer.fate is Fate.REFUSED:
        if may_have_left:
            # an earlier try may have arrived: its events must not be told by another mail
            ledger.close_unknown(private, mail.message_id, at, answer.note)
        else:
            ledger.close_refused(private, mail.message_id, at, answer.note)
        if answer.is_bounce:
            private.bounced(mail.subscriber, at)
        person = private.by_id(mail.subscriber)
        report.refused += 1
        report.paused += person is not None and person.state == "bouncing"
        # the number stands for the person: addresses must not reach a log
        logger.warning("subscriber %s: the mail was refused", mail.subscriber)
    elif not may_have_left:
        ledger.take_back(private, mail.message_id)


def present() -> datetime:
    """Return the present instant: where the clock enters a sending."""
    return datetime.now(tz=UTC)
