"""hansard-api.parliament.uk: calendar, sections, trees, debates, divisions, search, by its Swagger contract."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from starlette.routing import Route

from replica.answers import day, give_json, is_within, problem, shelf_of, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from replica.shelf import DaySection, Json, Shelf

HOST = "hansard-api.parliament.uk"
PREFIX = "queryParameters."  # a parameter of search without it is ignored, as upstream
MOST = 100  # a larger `take` is answered with 500
SUMMARY = 4  # rows of each type in /search.json
TAGS = re.compile(r"<[^>]+>")


def routes() -> list[Route]:
    """Return the addresses of the host."""
    table = {
        "/overview/calendar.json": calendar,
        "/overview/sectionsforday.json": sections_for_day,
        "/overview/sectiontrees.json": section_trees,
        "/overview/lastsittingdate.json": last_sitting_date,
        "/overview/linkedsittingdates.json": linked_sitting_dates,
        "/debates/debate/{ext_id}.json": debate,
        "/debates/divisions/{ext_id}.json": divisions,
        "/debates/speakerslist/{ext_id}.json": speakers,
        "/search.json": search,
        "/search/contributions/{kind}.json": search_contributions,
        "/search/debates.json": search_debates,
    }
    return [Route(path, endpoint) for path, endpoint in table.items()]


def calendar(request: Request) -> Response:
    """Answer with the sitting days of a month so far."""
    house, year, month = _house(request), whole(request, "year", 0), whole(request, "month", 0)
    days = [d for d in shelf_of(request).shown.get(house, ()) if (d.year, d.month) == (year, month)]
    return give_json(request, [{"House": house, "ItemDate": f"{d}T00:00:00", "Metadata": None} for d in days])


def sections_for_day(request: Request) -> Response:
    """Answer with the names of a day's sections."""
    names = [section.name for section in _sections(request)]
    return give_json(request, list(dict.fromkeys(names)))


def section_trees(request: Request) -> Response:
    """Answer with the trees of one section of a day."""
    name = request.query_params.get("section")
    found = [section for section in _sections(request) if section.name == name]
    return give_json(request, [_tree(section, order) for order, section in enumerate(found, start=1)])


def last_sitting_date(request: Request) -> Response:
    """Answer with the last sitting day of a House."""
    days = shelf_of(request).shown.get(_house(request), ())
    return give_json(request, f"{days[-1]}T00:00:00" if days else None)


def linked_sitting_dates(request: Request) -> Response:
    """Answer with the sitting days before and after a day."""
    at, days = day(request, "date"), shelf_of(request).shown.get(_house(request), ())
    if at is None:
        return problem(request, 400, "date is required")
    before, after = [d for d in days if d < at], [d for d in days if d > at]
    linked = {
        "PreviousSittingDate": f"{before[-1]}T00:00:00" if before else None,
        "NextSittingDate": f"{after[0]}T00:00:00" if after else None,
    }
    return give_json(request, linked)


def debate(request: Request) -> Response:
    """Answer with a debate; its id may be asked for in either case."""
    found = shelf_of(request).debates.get(request.path_params["ext_id"].lower())
    return problem(request, 404, "Not Found") if found is None else give_json(request, found)


def divisions(request: Request) -> Response:
    """Answer with the divisions of a debate."""
    return give_json(request, shelf_of(request).divisions.get(request.path_params["ext_id"].lower(), []))


def speakers(request: Request) -> Response:
    """Answer with the ids of those who spoke in a debate."""
    found = shelf_of(request).debates.get(request.path_params["ext_id"].lower())
    ids = dict.fromkeys(each["MemberId"] for each in found["Items"] if each["MemberId"]) if found else {}
    return give_json(request, list(ids))


def search(request: Request) -> Response:
    """Answer with the summary of a search: at most four rows of each type."""
    rows = _rows(request)
    summary = {
        "TotalMembers": 0,
        "TotalContributions": len(rows),
        "TotalWrittenStatements": 0,
        "TotalWrittenAnswers": 0,
        "TotalCorrections": 0,
        "TotalPetitions": 0,
        "TotalDebates": len(_titles(request)),
        "TotalCommittees": 0,
        "TotalDivisions": 0,
        "SearchTerms": _terms(request),
        "Members": [],
        "Contributions": rows[:SUMMARY],
        "WrittenStatements": [],
        "WrittenAnswers": [],
        "Corrections": [],
        "Petitions": [],
        "Debates": _titles(request)[:SUMMARY],
        "Divisions": [],
        "Committees": [],
    }
    return give_json(request, summary)


def search_contributions(request: Request) -> Response:
    """Answer with contributions whose opening paragraph holds the term: continuations are not indexed."""
    take = whole(request, f"{PREFIX}take", 20)
    if take > MOST:
        return problem(request, 500, "An error has occurred.")
    is_spoken = request.path_params["kind"] == "Spoken"
    rows = _rows(request) if is_spoken else []
    skip = whole(request, f"{PREFIX}skip", 0)
    answer = {
        "SearchTerms": _terms(request),
        "SpokenResultCount": len(rows),
        "WrittenResultCount": 0,
        "CorrectionsResultCount": 0,
        "DivisionsResultCount": 0,
        "Results": rows[skip : skip + take],
        "TotalResultCount": len(rows),
    }
    return give_json(request, answer)


def search_debates(request: Request) -> Response:
    """Answer with debates by their titles: never more than 25, whatever `skip` and `take` say."""
    rows = _titles(request)
    return give_json(request, {"Results": rows[:25], "TotalResultCount": len(rows)})


def _house(request: Request) -> str:
    return request.query_params.get("house", "Commons").capitalize()


def _sections(request: Request) -> Sequence[DaySection]:
    at, house = day(request, "date"), _house(request)
    return [section for section in shelf_of(request).sections if section.day == at and section.house == house]


def _tree(section: DaySection, order: int) -> Json:
    return {
        "House": section.house,
        "ItemDate": f"{section.day}T00:00:00",
        "Metadata": None,
        "Title": section.place,
        "Description": None,
        "SectionType": 1,
        "SortOrder": order,
        "LastUpdated": section.last_updated,
        "VolumeNo": section.volume,
        "SectionTreeItems": section.tree,
        "Source": 2,
    }


def _parameter(request: Request, name: str) -> str:
    return request.query_params.get(f"{PREFIX}{name}", "")


def _terms(request: Request) -> list[str]:
    """Return the phrases of the search term: those in quotation marks, and each other word."""
    asked = _parameter(request, "searchTerm")
    return [quoted or word for quoted, word in re.findall(r'"([^"]+)"|(\S+)', asked)]


def _window(request: Request) -> tuple[date | None, date | None]:
    def told(name: str) -> date | None:
        try:
            return date.fromisoformat(_parameter(request, name)[:10])
        except ValueError:
            return None

    on = told("date")
    return (on, on) if on else (told("startDate"), told("endDate"))


def _asked_for(request: Request, shelf: Shelf) -> Iterator[Json]:
    """Yield the debates of the House and days asked for, in order of their days."""
    first, last = _window(request)
    house = _parameter(request, "house")
    is_backwards = _parameter(request, "orderBy") == "SittingDateDesc"
    held = [found for found in shelf.debates.values() if found["Items"]]
    for found in sorted(held, key=lambda each: str(each["Overview"]["Date"]), reverse=is_backwards):
        overview = found["Overview"]
        if is_within(overview["Date"], first, last) and house in ("", overview["House"]):
            yield found


def _rows(request: Request) -> list[Json]:
    terms = [term.lower() for term in _terms(request)]
    member = _parameter(request, "memberId")
    rows = []
    for found in _asked_for(request, shelf_of(request)):
        for item in found["Items"]:
            text = TAGS.sub("", item["Value"])
            opening = text.split("\r\n\r\n")[0].lower()
            is_spoken = item["ItemType"] == "Contribution" and item["AttributedTo"]
            if is_spoken and all(term in opening for term in terms) and member in ("", str(item["MemberId"])):
                rows.append(_row(found["Overview"], item, text))
    return rows


def _row(overview: Json, item: Json, text: str) -> Json:
    return {
        "MemberName": item["AttributedTo"],
        "MemberId": item["MemberId"],
        "AttributedTo": item["AttributedTo"],
        "ItemId": item["ItemId"],
        "ContributionExtId": item["ExternalId"],
        "ContributionText": text[:250],
        "ContributionTextFull": text,
        "HRSTag": item["HRSTag"],
        "HansardSection": item["HansardSection"],
        "Timecode": None,
        "DebateSection": overview["Title"],
        "DebateSectionId": overview["Id"],
        "DebateSectionExtId": overview["ExtId"],
        "SittingDate": overview["Date"],
        "Section": overview["Location"],
        "House": overview["House"],
        "OrderInDebateSection": item["OrderInSection"],
        "DebateSectionOrder": 1,
        "Rank": 0,
    }


def _titles(request: Request) -> list[Json]:
    terms = [term.lower() for term in _terms(request)]
    return [
        {
            "DebateSection": found["Overview"]["Location"],
            "SittingDate": found["Overview"]["Date"],
            "House": found["Overview"]["House"],
            "Title": found["Overview"]["Title"],
            "Rank": 0,
            "DebateSectionExtId": found["Overview"]["ExtId"],
        }
        for found in _asked_for(request, shelf_of(request))
        if all(term in found["Overview"]["Title"].lower() for term in terms)
    ]
