"""Signed links: who holds one may confirm, change or end a subscription, without a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itsdangerous import BadData, URLSafeTimedSerializer

from processing.errors import BadInput

if TYPE_CHECKING:
    from db.private.subscribers import Private, Subscriber

DAY = 24 * 60 * 60
# seconds: a link to confirm is used at once; one in the mail of last month still leads somewhere; leaving always works
AGES = {"confirm": 3 * DAY, "manage": 60 * DAY, "unsubscribe": 800 * DAY}
LONGEST = 200  # characters of a token; ours have about 60


class BadLink(BadInput):
    """A link is forged, too old, or of a person who is no longer here; which of them is not said.

    Raised when a link is followed. Ask for a new one on the page Subscribe.
    """

    def __init__(self) -> None:
        super().__init__("This link does not work any more.")


def make_link(private: Private, site: str, purpose: str, person: Subscriber) -> str:
    """Return the whole address of a link. It names the person by number only, never by address."""
    token = _signer(private, purpose).dumps([person.id, person.link_key])
    return f"{site}/subscription/{purpose}/{token if isinstance(token, str) else token.decode('ascii')}"


def read_link(private: Private, purpose: str, token: str) -> Subscriber:
    """Return the person of a link. Raises BadLink."""
    if len(token) > LONGEST:
        raise BadLink
    try:
        content = _signer(private, purpose).loads(token, max_age=AGES[purpose])
    except BadData as error:
        raise BadLink from error
    person = private.by_id(content[0])
    if person is None or person.link_key != content[1]:
        raise BadLink
    return person


def was_ours(private: Private, purpose: str, token: str) -> bool:
    """Tell whether we once signed a token, be its person still here or not."""
    if len(token) > LONGEST:
        return False
    try:
        _signer(private, purpose).loads(token, max_age=AGES[purpose])
    except BadData:
        return False
    return True


def _signer(private: Private, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(private.link_secret(), salt=f"followthrough subscription {purpose}")
