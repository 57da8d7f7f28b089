"""Reads GOV.UK's list of ministers: who holds and held which post, from when to when.

Schema: alphagov/publishing-api, `ministers_index`; the Content API gives it at /api/content/government/ministers.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from processing.errors import SourceChanged
from processing.language.departments import canonical_name, department_of_post
from processing.london import LONDON
from processing.records import Person, Post
from processing.strict_json import Reader
from spiders.govuk.pages import HONOURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

MINISTERS = "https://www.gov.uk/api/content/government/ministers"
LISTS = (
    "ordered_cabinet_ministers", "ordered_also_attends_cabinet", "ordered_assistant_whips",
    "ordered_baronesses_and_lords_in_waiting_whips", "ordered_house_lords_whips", "ordered_house_of_commons_whips",
    "ordered_junior_lords_of_the_treasury_whips",
)  # fmt: skip


def ministers(body: bytes, url: str) -> Iterator[Person | Post]:
    """Yield each minister of the list once, with every ministerial post that they hold or held.

    While ministers are reshuffled the list is empty and yields nothing: what was read before still holds.
    """
    links = Reader.from_bytes(body, url).inner("links")
    people: dict[str, tuple[str, list[Reader]]] = {}
    listed: dict[str, list[str]] = {}  # departments in whose list a person stands
    for department in links.maybe_items("ordered_ministerial_departments"):
        title = department.text("title")
        inside = department.maybe_inner("links")
        for person in inside.maybe_items("ordered_ministers") if inside else []:
            listed.setdefault(_add(person, people), []).append(canonical_name(title) or title)
    for name in LISTS:
        for person in links.maybe_items(name):
            _add(person, people)
    yield from (Person(id=key, name=name) for key, (name, _) in people.items())
    for key, (_, appointments) in people.items():
        for appointment in appointments:
            yield from _posts(appointment, key, listed.get(key, []))


def is_being_reshuffled(body: bytes, url: str) -> bool:
    """Tell whether the list is empty because ministers are being reshuffled."""
    return not any(True for _ in ministers(body, url))


def _add(person: Reader, people: dict[str, tuple[str, list[Reader]]]) -> str:
    """Keep a person's name and appointments where they were not met before. Returns their id."""
    key = f"govuk/{person.text('base_path').rsplit('/', 1)[1].split('.')[0]}"
    name = HONOURS.sub("", person.text("title")).strip()
    links = person.maybe_inner("links")
    appointments = links.maybe_items("role_appointments") if links else []
    people.setdefault(key, (name, appointments))
    return key


def _posts(appointment: Reader, person: str, listed: Sequence[str]) -> Iterator[Post]:
    details, links = appointment.inner("details"), appointment.inner("links")
    start, end = _day(details, "started_on"), _day(details, "ended_on")
    for role in links.maybe_items("role"):
        if role.text("document_type") != "ministerial_role" or start is None:
            continue  # a seat on a board, or an appointment that has not begun
        title = " ".join(role.text("title").split())
        yield Post(person=person, title=title, department=_department(title, end, listed), start=start, end=end)


def _department(title: str, end: date | None, listed: Sequence[str]) -> str | None:
    """Return the department of a post: what its title says, unless a minister of today stands in other lists only."""
    told = department_of_post(title)
    return told if end or not listed or told in listed else listed[0]


def _day(details: Reader, key: str) -> date | None:
    text = details.maybe_text(key)
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(LONDON).date()
    except ValueError as error:
        raise SourceChanged(details.where, f"{key} is no instant: {text!r}") from error
