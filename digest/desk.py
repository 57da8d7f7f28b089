"""The desk where people subscribe, confirm, change and leave: what the pages and the command line share."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db import queries
from db.archive.archive import instant
from db.private.subscribers import Private
from db.register.documents import Register
from digest.links import BadLink, read_link, was_ours
from digest.post import Fate, NoPost, open_post
from digest.render import Frame
from digest.settings import load_settings
from digest.subscribing import choices, read_address, read_wish, send_letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from db.private.subscribers import Subscriber, Subscription
    from digest.post import MailPost
    from digest.settings import Settings

QUIET = timedelta(minutes=15)  # between two letters to one address, whoever fills in the form
HOUR = timedelta(hours=1)
MOST_LETTERS = 60  # an hour, to all addresses together: a form must not become a cannon


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that a request or a command needs; `known` are the choices of the form."""

    private: Private
    settings: Settings
    post: MailPost
    frame: Frame
    known: Mapping[str, Mapping[str, str]]

    def take_on(self, form: Mapping[str, Sequence[str]], now: datetime) -> None:
        """Take a person's wish and send the letter that asks to confirm it.

        One who is subscribed already gets a letter with the link to the settings instead: whoever fills in the form
        sees no difference. Nothing is sent where that address had a letter minutes ago, or too many were sent this
        hour. Raises BadWish for a form that can't be taken, NoPost where the letter can't be sent now.
        """
        address, name = read_address(form)
        wish = read_wish(form, self.known, name)
        person = self.private.add(address, wish, instant(now))
        is_too_soon = person.asked_at is not None and person.asked_at > instant(now - QUIET)
        if is_too_soon or self.private.asked_since(instant(now - HOUR)) >= MOST_LETTERS:
            return
        self.private.asked(person.id, instant(now))
        answer = send_letter(self.private, self.settings, self.frame, self.post, person, now)
        if answer.fate is Fate.LATER:
            raise NoPost("The mail server did not take the letter now. Try again in a quarter of an hour.")

    def add_confirmed(self, form: Mapping[str, Sequence[str]], now: datetime) -> None:
        """Subscribe a person who has agreed elsewhere. Raises BadWish."""
        address, name = read_address(form)
        person = self.private.add(address, read_wish(form, self.known, name), instant(now))
        self.private.confirm(person.id, instant(now))

    def reader(self, purpose: str, token: str) -> tuple[Subscriber, tuple[Subscription, ...]]:
        """Return the person of a link with the wishes. Raises BadLink."""
        person = read_link(self.private, purpose, token)
        return person, self.private.subscriptions_of(person.id)

    def confirm(self, token: str, now: datetime) -> Subscriber:
        """Confirm a subscription. Raises BadLink. A second time changes nothing."""
        person = read_link(self.private, "confirm", token)
        self.private.confirm(person.id, instant(now))
        return person

    def change(self, token: str, form: Mapping[str, Sequence[str]], now: datetime) -> None:
        """Change a subscription as its form says. Raises BadLink, or BadWish and changes nothing."""
        person = read_link(self.private, "manage", token)
        wish = read_wish(form, self.known, person.name)
        self.private.change(person.id, wish, paused=bool(form.get("paused")), at=instant(now))

    def leave(self, token: str) -> None:
        """Delete all that is known of the person of a link. Raises BadLink for one that we never signed.

        One who has left already is told the same as one who leaves now.
        """
        try:
            person = read_link(self.private, "unsubscribe", token)
        except BadLink:
            if not was_ours(self.private, "unsubscribe", token):
                raise
            return
        self.private.forget(person.id)


@contextmanager
def open_desk(data: Path) -> Iterator[Desk]:
    """Open the desk of a data folder. Raises BadInput where there is no register, or a setting can't be used."""
    settings = load_settings(data)
    register = Register(data, must_exist=True)
    try:
        connection = register.database.conn
        known = choices(connection)
        is_sample = queries.fact(connection, "sample_world") == "yes"
    finally:
        register.close()
    private = Private(data)
    try:
        yield Desk(
            private=private,
            settings=settings,
            post=open_post(settings, data),
            frame=Frame(site=settings.site, is_sample=is_sample),
            known=known,
        )
    finally:
        private.close()
