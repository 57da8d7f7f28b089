"""Hansard of both Houses: each sitting day is swept, section by section, debate by debate.

Contract: https://hansard-api.parliament.uk (Swagger). Keyword search finds only the opening of long speeches, so it
is no substitute for the sweep.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from processing.errors import KindNotCollected, SourceChanged
from processing.language.terms import load_vocabulary
from processing.records import HOUSES, Document
from processing.strict_json import Reader, parse_json, parse_list
from spiders.base import Range, SourceSpider, is_unchanged
from spiders.hansard_debates import debates
from spiders.hansard_search import TAKE, Window, found, months, phrases
from spiders.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scrapy import Request
    from scrapy.http import Response

    from processing.records import Record
    from spiders.base import Scope

logger = logging.getLogger(__name__)
API = "https://hansard-api.parliament.uk"
DEBATE = re.compile(re.escape(API) + r"/debates/debate/[^/?]+\.json$")
NAVIGATION = re.compile(re.escape(API) + r"/(?:overview|search)[/.]")
DIVISIONS = re.compile(re.escape(API) + r"/debates/divisions?/[^/?]+\.json")
# written questions and statements come whole from the API of their own
ELSEWHERE = frozenset(("WMS", "CWA", "QWA", "LWA", "LWS", "WrittenStatements", "WrittenAnswers"))
# sections that only hold others, by tag; one without a tag is a House or place
CONTAINERS = frozenset(("hs_6bDepartment", "hs_3MainHdg", "hs_3OralAnswers", "hs_6bPetitions", "hs_Venue", None))
MONTH = re.compile(r"(?P<house>Commons|Lords) (?P<what>calendar|search) (?P<year>\d{4})-(?P<month>\d\d)$")
LOADING_DAYS = 3  # Hansard was seen to show an empty day while it loads; after so many days it is a failure


def read(body: bytes, url: str) -> Iterator[Record]:
    """Yield the debates of an answer. Navigation gives no record; lists of divisions are not collected."""
    if NAVIGATION.match(url):
        return
    if DIVISIONS.match(url):
        raise KindNotCollected(url, "list of divisions")
    if not DEBATE.match(url):
        raise SourceChanged(url, "no URL of Hansard that we know")
    yield from debates(body, url)


def sitting_days(body: bytes, url: str, house: str, year: int, month: int) -> list[date]:
    """Return the sitting days of a month. Raises SourceChanged for a day of another House or month."""
    days = []
    for entry in parse_list(body, url):
        day, whose = entry.day("ItemDate"), entry.text("House")
        if whose != house or (day.year, day.month) != (year, month):
            raise SourceChanged(url, f"{whose} {day} lies outside what was asked for")
        days.append(day)
    return sorted(set(days))


def section_names(body: bytes, url: str) -> list[str]:
    """Return the names of a day's sections, such as Debate and WestHall."""
    names = parse_json(body, url)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise SourceChanged(url, "expected a list of names")
    return names


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of a day: its external id as printed (None: it can't be asked for), tag, and place in the tree."""

    number: int
    parent: int | None
    ext: str | None
    tag: str | None
    title: str


def sections(body: bytes, url: str, house: str, day: date) -> list[Section]:
    """Return the sections of a day's trees. Raises SourceChanged for those of another House or day."""
    rows = []
    for tree in parse_list(body, url):
        whose, when = tree.text("House"), tree.day("ItemDate")
        if (whose, when) != (house, day):
            raise SourceChanged(url, f"{whose} {when} lies outside what was asked for")
        rows += [_section(item) for item in tree.maybe_items("SectionTreeItems")]
    return rows


def _section(item: Reader) -> Section:
    return Section(
        number=item.number("Id"),
        parent=item.maybe_number("ParentId"),
        ext=item.maybe_text("ExternalId"),
        tag=item.maybe_text("HRSTag"),
        title=item.maybe_text("Title") or "",
    )


def to_ask(tree: Sequence[Section]) -> list[tuple[Section, list[Section]]]:
    """Return the debates to ask for: the topmost sections that do not only hold others, each with all below it."""
    parents = {section.parent for section in tree}
    below: dict[int, list[Section]] = {}
    for section in tree:
        below.setdefault(section.parent if section.parent is not None else -1, []).append(section)

    def is_container(section: Section) -> bool:
        return section.ext is None or (section.tag in CONTAINERS and section.number in parents)

    def descendants(section: Section) -> list[Section]:
        return [s for child in below.get(section.number, []) for s in [child, *descendants(child)]]

    numbers = {section.number for section in tree}
    reached = 0
    asked: list[tuple[Section, list[Section]]] = []
    waiting = [section for section in tree if section.parent not in numbers]
    while waiting:
        section = waiting.pop(0)
        reached += 1
        if section.ext is None and section.number not in parents:
            logger.warning("the section %s has no id to ask for", section.title or section.number)
        if is_container(section):
            waiting = below.get(section.number, []) + waiting
        else:
            asked.append((section, descendants(section)))
            reached += len(asked[-1][1])
    if reached != len(tree):
        raise SourceChanged("section tree", f"{len(tree) - reached} sections hang in no tree")
    return asked


def probes(day: date) -> Iterator[str]:
    """Yield the calendar of both Houses in the month before, which is sure to be loaded, and a search."""
    month = day.replace(day=1) - timedelta(days=1)
    for house in HOUSES:
        yield f"{API}/overview/calendar.json?{urlencode({'year': month.year, 'month': month.month, 'house': house})}"
    window = {"startDate": month.replace(day=1), "endDate": month, "house": "Commons", "orderBy": "SittingDateAsc"}
    search = {"searchTerm": '"child sexual abuse"', **window, "skip": 0, "take": 20}
    query = urlencode({f"queryParameters.{key}": value for key, value in search.items()})
    yield f"{API}/search/contributions/Spoken.json?{query}"


def follow(body: bytes, url: str) -> Iterator[str]:
    """Yield what an answer of the navigation leads to: the last day's sections, two of their trees, a debate each."""
    asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
    path = urlsplit(url).path
    if path == "/overview/calendar.json":
        days = sitting_days(body, url, asked["house"], int(asked["year"]), int(asked["month"]))
        query = {"house": asked["house"]}
        yield from (f"{API}/overview/sectionsforday.json?{urlencode({'date': d, **query})}" for d in days[-1:])
    elif path == "/overview/sectionsforday.json":
        for name in [name for name in section_names(body, url) if name not in ELSEWHERE][:2]:
            query = {"section": name, "date": asked["date"], "house": asked["house"]}
            yield f"{API}/overview/sectiontrees.json?{urlencode(query)}"
    elif path == "/overview/sectiontrees.json":
        tree = sections(body, url, asked["house"], date.fromisoformat(asked["date"]))
        yield from (_debate_url(section.ext or "") for section, _ in to_ask(tree)[:1])


def _debate_url(ext: str) -> str:
    return f"{API}/debates/debate/{quote(ext, safe='')}.json"


def _calendar_name(house: str, day: date) -> str:
    return f"{house} calendar {day:%Y-%m}"


class Hansard(SourceSpider):
    """Sweeps the sitting days: calendar, sections of each day, tree of each section, debates."""

    name = "hansard"
    title = "Hansard"
    licence = "Open Parliament Licence v3.0"
    attribution = "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."
    home = "https://hansard.parliament.uk"
    expects = Range(lowest=40, highest=6000)
    read = staticmethod(read)
    probes = staticmethod(probes)
    follow = staticmethod(follow)

    def first_requests(self) -> Iterator[Request]:
        days = self.days()
        if self.settings.getbool("HANSARD_SEARCH"):
            yield from self._search(days, HOUSES)
            # what is long past is found by search, the rest is swept as ever
            self.since = max(self.since, self.until - self.lookback)
        failed = {asked.scope for asked in self.memory.missing()}
        for house in HOUSES:
            for first, last in months(self.days()):
                # a calendar that failed may have been asked for the whole month
                whole = _calendar_name(house, first) in failed
                yield from self._month(house, first.replace(day=1) if whole else first, last)
        yield from self._what_is_missing()

    def _what_is_missing(self) -> Iterator[Request]:
        """Yield requests for days, and months of the calendar or of searches, that an earlier crawl did not get."""
        for asked in self.memory.missing():
            month = MONTH.match(asked.scope)
            if asked.house and asked.day and asked.day < self.since:
                yield from self._day(asked.house, asked.day)
            elif month and asked.scope not in self.open:
                first = date(int(month["year"]), int(month["month"]), 1)
                last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
                if month["what"] == "search":
                    yield from self._search([first, min(last, self.until)], [month["house"]])
                else:
                    yield from self._month(month["house"], first, min(last, self.until))

    def _month(self, house: str, first: date, last: date) -> list[Request]:
        """Return the request for the calendar of a month, of which the days `first`..`last` are to be swept."""
        asked = {"year": first.year, "month": first.month, "house": house}
        scope = self.scope(_calendar_name(house, first), house=house)
        then = partial(self._calendar, house=house, first=first, last=last)
        return self.ask_listing(f"{API}/overview/calendar.json?{urlencode(asked)}", then, scope)

    def _calendar(self, response: Response, scope: Scope, *, house: str, first: date, last: date) -> Iterator[Request]:
        for day in sitting_days(response.body, response.url, house, first.year, first.month):
            if first <= day <= last:
                scope.listed += 1
                yield from self._day(house, day)

    def _day(self, house: str, day: date) -> list[Request]:
        url = f"{API}/overview/sectionsforday.json?{urlencode({'date': day, 'house': house})}"
        scope = self.scope(f"{house} {day}", house=house, day=day)
        return self.ask_listing(url, partial(self._sections, house=house, day=day), scope)

    def _sections(self, response: Response, scope: Scope, *, house: str, day: date) -> Iterator[Request]:
        names = section_names(response.body, response.url)
        if not names:
            self._nothing_yet(scope, day)
        for name in names:
            if name in ELSEWHERE:
                self.count("passed over")
            else:
                asked = urlencode({"section": name, "date": day, "house": house})
                url = f"{API}/overview/sectiontrees.json?{asked}"
                yield from self.ask_listing(url, partial(self._tree, house=house, day=day), scope)

    def _nothing_yet(self, scope: Scope, day: date) -> None:
        """Parliament sat, so an empty day is never simply empty."""
        if (self.until - day).days > LOADING_DAYS:
            scope.failures.append(f"{scope.name}: the House sat, and Hansard has nothing")
            self.complain(scope.failures[-1])
        else:
            scope.pending = "the House sat, and Hansard has nothing yet"

    def _tree(self, response: Response, scope: Scope, *, house: str, day: date) -> Iterator[Request]:
        for section, below in to_ask(sections(response.body, response.url, house, day)):
            scope.listed += 1
            yield from self._debate(section, below, response.url, scope)

    def _debate(self, section: Section, below: Sequence[Section], tree_url: str, scope: Scope) -> Iterator[Request]:
        """Yield the request for a debate that is new or may have changed: each is looked at again after a week.

        What changed in a debate shows only in the debate itself, and Hansard tells nobody.
        """
        url = _debate_url(section.ext or "")
        checked, tree_came = self.seen(url), self.memory.came(tree_url)
        if checked is None or self.was_refused(url):
            yield from self.ask(url, partial(self._read_debate, below=below), scope)
        elif (tree_came is not None and checked < tree_came) or self.is_due(url):
            self.count("rechecks")
            yield from self.ask(url, partial(self._read_debate, below=below), scope)
        else:
            self.count("unchanged")
            scope.found += 1
            if below and not self.memory.is_whole():
                yield from self._children(self.memory.body(url) or b"", url, below, scope)

    def _read_debate(self, response: Response, scope: Scope, *, below: Sequence[Section]) -> Iterator[Any]:
        """Read a debate; what stands below it in the tree, and did not come with it, is asked for by itself."""
        yield from self.documents(response, scope)
        if not is_unchanged(response) or not self.memory.is_whole():
            yield from self._children(response.body, response.url, below, scope)
            return
        # what came with it before came with it now; the others were asked for
        for section in below:
            if section.ext and self.seen(_debate_url(section.ext)) is not None:
                yield from self._child(section, scope)

    def _children(self, body: bytes, url: str, below: Sequence[Section], scope: Scope) -> Iterator[Request]:
        came = {record.id for record in read(body, url) if isinstance(record, Document)} if below else set()
        for section in below:
            if section.ext and section.tag not in CONTAINERS and f"hansard/{section.ext.lower()}" not in came:
                yield from self._child(section, scope)

    def _child(self, section: Section, scope: Scope) -> list[Request]:
        url = _debate_url(section.ext or "")
        if not self.is_due(url):
            return []
        self.count("rechecks", int(self.seen(url) is not None))
        scope.listed += 1
        return self.ask(url, self.documents, scope)

    def _search(self, days: Sequence[date], houses: Iterable[str]) -> Iterator[Request]:
        wanted = self.settings.getlist("HANSARD_PHRASES") or phrases(load_vocabulary())
        for first, last in months(days):
            for house in houses:
                scope = self.scope(f"{house} search {first:%Y-%m}", house=house)
                windows = [Window(phrase=phrase, house=house, first=first, last=last) for phrase in wanted]
                yield from [request for window in windows for request in self._window(window, scope)]

    def _window(self, window: Window, scope: Scope) -> list[Request]:
        return self._found(window, 0, Listing(take=TAKE), scope)

    def _found(self, window: Window, skip: int, listing: Listing[str], scope: Scope) -> list[Request]:
        def answered(response: Response, scope: Scope) -> Iterator[Request]:
            following = listing.add(found(response.body, response.url, window), response.url)
            if following is not None:
                yield from self._found(window, following, listing, scope)
                return
            for ext in dict.fromkeys(listing.rows.values()):
                scope.listed += 1
                if self.seen(_debate_url(ext)) is None:
                    yield from self.ask(_debate_url(ext), self.documents, scope)

        def halve(reason: str, scope: Scope) -> Iterator[Request] | None:
            """Ask for the halves of a window that fails every time, down to one day, which then is a gap."""
            halves = window.halves()
            if halves is None or not reason.endswith(("answered 500", "answered 502", "answered 504")):
                return None
            return iter([request for half in halves for request in self._window(half, scope)])

        return self.ask_listing(window.url(skip), answered, scope, on_failure=halve, max_retry_times=1)
