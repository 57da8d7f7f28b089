"""Shows the next digest without sending or noting anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.private import ledger
from db.private.subscribers import Private, Subscription
from digest.edition import open_edition
from digest.matching import EVERYTHING
from digest.render import MailReader, render_digest
from processing.errors import BadInput

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from digest.render import Body
    from digest.settings import Settings


def preview(
    data: Path,
    settings: Settings,
    now: datetime,
    *,
    since: date | None = None,
    until: date | None = None,
    address: str | None = None,
) -> Body:
    """Return the digest that a subscriber, or without `address` everybody, would be sent now.

    Raises BadInput where nobody with that address is subscribed.
    """
    private = Private(data)
    try:
        person = private.by_address(address) if address else None
        if address and person is None:
            raise BadInput(f"{address}: no such subscriber. `followthrough subscribers list` names them.")
        wishes = private.subscriptions_of(person.id) if person else (Subscription(EVERYTHING),)
        told = ledger.told_events(private, "").get(person.id, set()) if person else set()
    finally:
        private.close()
    edition = open_edition(
        data,
        settings.site,
        now,
        after=person.told_to if person else None,
        since=since,
        until=until,
        searches={wish.value for wish in wishes if wish.kind == "search"},
    )
    after = edition.since or (edition.after(person) if person else edition.issue.since if edition.issue else "")
    reader = MailReader(
        frequency=person.frequency if person else "weekly",
        wishes=edition.described(wishes),
        manage=f"{settings.site}/subscribe" if person else "",
        unsubscribe=f"{settings.site}/subscribe" if person else "",
    )
    digest = edition.compose(wishes, after, told)
    return render_digest(
        digest, edition.frame, reader, since=after, until=edition.until, rest_link=edition.rest_link(after)
    )
