"""Takes people on and changes what they are sent: the rules behind the form, whoever shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.pages import news
from db.private.subscribers import FREQUENCIES, Subscription, Wish
from digest.addresses import BadAddress, check_address, check_name
from digest.links import make_link
from digest.message import Envelope, make_message, new_message_id
from digest.render import Frame, render_letter
from processing.commitments.event_kinds import EVENT_KINDS
from processing.errors import BadInput

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from db.private.subscribers import Private, Subscriber
    from digest.post import MailPost, ServerAnswer
    from digest.settings import Settings

MOST_WISHES = 60
FIELDS = {
    "topic": "topic",
    "department": "department",
    "set": "recommendation set",
    "change": "change",
    "search": "search",
}
ASKED = (
    "Somebody, probably you, asked us to send this address news of what the Government has promised on child sexual"
    " abuse, and what became of it."
)
EMPTY_FORM = "Choose what you want to be told of: everything, or at least one topic, department, set, change or search."


class BadWish(BadInput):
    """A form can't be taken as it was filled in.

    Raised where a subscription is read. `problems` says what is wrong, a sentence each.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problems))


def choices(connection: sqlite3.Connection) -> dict[str, Mapping[str, str]]:
    """Return what can be chosen: for each field of the form the values with their names."""
    return {
        "topic": news.topic_names(connection),
        "department": {owner: owner for owner in news.owners(connection)},
        "set": news.set_titles(connection),
        "change": {kind: told.name for kind, told in EVENT_KINDS.items() if told.can_be_followed},
    }


def read_address(form: Mapping[str, Sequence[str]]) -> tuple[str, str | None]:
    """Read address and name from a form. Raises BadWish."""
    problems = []
    address, name = "", None
    try:
        address = check_address(_one(form, "address"))
    except BadAddress as error:
        problems.append(str(error))
    try:
        name = check_name(_one(form, "name"))
    except BadAddress as error:
        problems.append(str(error))
    if problems:
        raise BadWish(problems)
    return address, name


def read_wish(
    form: Mapping[str, Sequence[str]], known: Mapping[str, Mapping[str, str]], name: str | None = None
) -> Wish:
    """Read what a person asks for from a form. Raises BadWish for what nobody can be told of."""
    problems: list[str] = []
    wanted = [Subscription("everything")] if _one(form, "everything") else []
    for field, kind in FIELDS.items():
        for value in form.get(field, ()):
            if not value.strip():
                continue
            problem = _problem(field, value, known)
            if problem:
                problems.append(problem)
            else:
                wanted.append(Subscription(kind, value.strip().removeprefix("?")))
    frequency = _one(form, "frequency") or "weekly"
    if frequency not in FREQUENCIES:
        problems.append("How often must be daily, weekly or monthly.")
    if len(wanted) > MOST_WISHES:
        problems.append(f"At most {MOST_WISHES} things can be followed; “everything” has them all.")
    if not wanted and not problems:
        problems.append(EMPTY_FORM)
    if problems:
        raise BadWish(problems)
    return Wish(
        frequency=frequency,
        wants_empty=bool(_one(form, "wants_empty")),
        subscriptions=tuple(sorted(set(wanted))),
        name=name,
    )


def _one(form: Mapping[str, Sequence[str]], field: str) -> str:
    return next(iter(form.get(field, ())), "").strip()


def _problem(field: str, value: str, known: Mapping[str, Mapping[str, str]]) -> str:
    if field == "search":
        found = news.read_saved_search(value.strip().removeprefix("?"))
        return " ".join(found.problems)
    if value not in known[field]:
        return f"There is no such {FIELDS[field]} in the register."
    return ""


def send_letter(
    private: Private, settings: Settings, frame: Frame, post: MailPost, person: Subscriber, now: datetime
) -> ServerAnswer:
    """Send the letter that asks to confirm, or that leads to the settings of one who is subscribed."""
    if person.state == "unconfirmed":
        body = render_letter(
            "Please confirm your subscription",
            frame,
            paragraphs=(
                ASKED,
                "Nothing is sent until you confirm. The link works for three days.",
            ),
            link=make_link(private, settings.site, "confirm", person),
            link_words="Confirm the subscription",
            after=("If it was not you, do nothing: the address is deleted after three days.",),
            why=f"This letter was sent because your address was given on {settings.site}/subscribe.",
        )
    else:
        body = render_letter(
            "Your subscription",
            frame,
            paragraphs=("This address is subscribed already. The link leads to its settings and works for 60 days.",),
            link=make_link(private, settings.site, "manage", person),
            link_words="See or change your subscription",
            after=("If you did not ask for this letter, you need not do anything.",),
            why=f"This letter was sent because your address was given on {settings.site}/subscribe.",
        )
    message_id = new_message_id(settings, now.date().isoformat())
    envelope = Envelope(address=person.address, name=person.name)
    content = make_message(body, envelope, settings, message_id, now)
    with post:
        return post.deliver(message_id, person.address, content, lambda: None)
