"""Knows how to cite a saying and how to draft a written question about it, in the forms that Parliament uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processing.sources import Citation, source_of

if TYPE_CHECKING:
    from datetime import date

SECRETARIES = {
    "Home Office": "the Secretary of State for the Home Department",
    "Department for Education": "the Secretary of State for Education",
    "Ministry of Justice": "the Secretary of State for Justice",
    "Department of Health and Social Care": "the Secretary of State for Health and Social Care",
    "Department for Transport": "the Secretary of State for Transport",
    "Department for Science, Innovation and Technology": (
        "the Secretary of State for Science, Innovation and Technology"
    ),
    "Ministry of Housing, Communities and Local Government": (
        "the Secretary of State for Housing, Communities and Local Government"
    ),
    "Department for Culture, Media and Sport": "the Secretary of State for Culture, Media and Sport",
    "Department for Work and Pensions": "the Secretary of State for Work and Pensions",
    "Cabinet Office": "the Minister for the Cabinet Office",
    "Attorney General's Office": "the Attorney General",
    "HM Treasury": "the Chancellor of the Exchequer",
    "Government": "the Prime Minister",
}
REPORTS = {"Commons": "HC Deb", "Lords": "HL Deb"}


def long_day(day: date) -> str:
    """Write a day as Parliament does: 16 June 2025."""
    return f"{day.day} {day:%B} {day.year}"


def citation(  # noqa: PLR0913 -- a citation is made of just these
    *,
    source: str,
    said_on: date,
    title: str,
    url: str,
    house: str | None = None,
    column: str | None = None,
    publisher: str | None = None,
    page: int | None = None,
) -> str:
    """Cite a saying in the usual form.

    With a House and a column: `HC Deb, 16 June 2025, c27` (`c27WS` where the column says so). A written question or
    statement is cited by its number, the last part of its permalink: `PQ 71234, 9 October 2025`, `HCWS801, 4
    September 2025`. Anything else by publisher, title, day and, in a PDF, page.
    """
    day = long_day(said_on)
    if house in REPORTS and column:
        return f"{REPORTS[house]}, {day}, c{column}"
    number = url.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0].rstrip("/").rsplit("/", maxsplit=1)[-1].upper()
    cited_by = source_of(source).is_cited_by
    if cited_by is Citation.QUESTION and number.removeprefix("HL").isdigit():
        return f"PQ {number}, {day}"
    if cited_by is Citation.STATEMENT and number.startswith(("HCWS", "HLWS")):
        return f"{number}, {day}"
    if house in REPORTS and cited_by is not Citation.PUBLICATION:
        return f"{REPORTS[house]}, {day}, {title}"
    place = f", page {page}" if page else ""
    return f"{publisher or 'GOV.UK'}, {title}, {day}{place}"


def draft_question(  # noqa: PLR0913 -- each part changes the words
    *,
    owner: str,
    department: str | None,
    house: str | None,
    promise: str,
    said_on: date,
    cited: str,
    latest: date | None,
    today: date,
) -> str:
    """Draft a written question that asks what became of a promise; a person edits it before it is tabled.

    `owner` is who is to act, `department` the speaker's, asked where the owner is a body outside government. `house`
    Lords gives the form of that House.
    """
    asked = SECRETARIES.get(owner) or SECRETARIES.get(department or "") or "the Prime Minister"
    whom = "His Majesty's Government" if house == "Lords" else asked
    subject = promise[:1].lower() + promise[1:].rstrip(".")
    body = "" if owner in SECRETARIES else f" that {owner} will act"
    told = f"with reference to the commitment of {long_day(said_on)}{body} ({cited}) to {subject}"
    if latest is None:
        rest = "on what date they expect to do so; and what progress has been made"
    elif latest < today:
        rest = f"whether that was done by {long_day(latest)}; and, if not, for what reason and by what date it will be"
    else:
        rest = f"what progress has been made; and whether they still expect to do so by {long_day(latest)}"
    return f"To ask {whom}, {told}, {rest}."
