"""Writes the mails of one sending: readers with the same wishes share what is rendered, but for their own links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.private.ledger import NewMail
from digest.links import make_link
from digest.message import Envelope, make_message, new_message_id
from digest.render import MailReader, render_digest

if TYPE_CHECKING:
    from db.private.subscribers import Private, Subscriber, Subscription
    from digest.compose import Digest
    from digest.edition import Edition
    from digest.render import Body
    from digest.settings import Settings

# stand in the rendered mail where the reader's own links go
MANAGE = "https://manage.invalid/"
UNSUBSCRIBE = "https://unsubscribe.invalid/"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDue:
    """A person who is due: what is told, of which wishes, of what was noticed after which instant."""

    person: Subscriber
    wishes: tuple[Subscription, ...]
    digest: Digest
    after: str


@dataclass(slots=True, kw_only=True)
class Writer:
    """Writes mails; `bodies` are those rendered so far."""

    private: Private
    settings: Settings
    edition: Edition
    bodies: dict[tuple[MailReader, Digest, str], Body] = field(default_factory=dict)

    def write(self, due: MailDue) -> NewMail:
        """Return the mail of a person, ready for the ledger and the post."""
        site, person = self.settings.site, due.person
        unsubscribe = make_link(self.private, site, "unsubscribe", person)
        links = {MANAGE: make_link(self.private, site, "manage", person), UNSUBSCRIBE: unsubscribe}
        message_id = new_message_id(self.settings, self.edition.id)
        envelope = Envelope(address=person.address, name=person.name, unsubscribe=unsubscribe, is_list=True)
        body = self._body(due).addressed(links)
        return NewMail(
            message_id=message_id,
            subscriber=person.id,
            digest=self.edition.id,
            told_to=self.edition.until,
            content=make_message(body, envelope, self.settings, message_id, self.edition.now),
            events=due.digest.events,
        )

    def _body(self, due: MailDue) -> Body:
        reader = MailReader(
            frequency=due.person.frequency,
            wishes=self.edition.described(due.wishes),
            manage=MANAGE,
            unsubscribe=UNSUBSCRIBE,
        )
        key = (reader, due.digest, due.after)
        if key not in self.bodies:
            self.bodies[key] = render_digest(
                due.digest,
                self.edition.frame,
                reader,
                since=due.after,
                until=self.edition.until,
                rest_link=self.edition.rest_link(due.after),
            )
        return self.bodies[key]
