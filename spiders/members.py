"""Members of both Houses and the government posts that they held, from the Members API and GOV.UK.

Contract: https://members-api.parliament.uk (Swagger). Some 24 parallel calls were seen to bring a block of 52 minutes.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from processing.errors import SourceChanged
from processing.records import Person, Post
from processing.strict_json import Reader, parse_list
from spiders.base import Range, SourceSpider
from spiders.govuk.ministers import MINISTERS, is_being_reshuffled, ministers
from spiders.listing import Listing, Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from scrapy import Request
    from scrapy.http import Response

    from processing.records import Record
    from spiders.base import Scope

API = "https://members-api.parliament.uk/api"
POSTS = f"{API}/Posts/GovernmentPosts"
SEARCH = re.compile(re.escape(API) + r"/Members/Search\?")
MEMBER = re.compile(re.escape(API) + r"/Members/(\d+)$")
BIOGRAPHY = re.compile(re.escape(API) + r"/Members/(\d+)/Biography$")
HOUSES = {1: "Commons", 2: "Lords"}
TAKE = 20  # the search gives no more, whatever is asked for
MINISTER_DAYS = 7  # a minister's posts are looked at so often, in days
MEMBER_DAYS = 30  # the lists of members, and who has no post now
QUESTIONS = "https://questions-statements-api.parliament.uk/api/writtenquestions/questions/"
STATEMENTS = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements/"
DEBATES = "https://hansard-api.parliament.uk/debates/debate/"
OFFICE = re.compile(r"(?:Minister|Secretary|Chancellor|General|in Waiting)\b.*\(")


def read(body: bytes, url: str) -> Iterator[Record]:
    """Yield the people and posts of an answer: a member, members, a life, posts held now, all ministers."""
    if MEMBER.match(url):
        yield _person(Reader.from_bytes(body, url).inner("value"))
    elif found := BIOGRAPHY.match(url):
        yield from _biography(Reader.from_bytes(body, url).inner("value"), f"member/{found[1]}")
    elif SEARCH.match(url):
        yield from (_person(item.inner("value")) for item in Reader.from_bytes(body, url).items("items"))
    elif url == POSTS:
        for item in parse_list(body, url):
            yield from _post(item.inner("value"))
    elif url == MINISTERS:
        yield from ministers(body, url)
    else:
        raise SourceChanged(url, "no URL of the Members API that we know")


def _person(member: Reader) -> Person:
    party, seat = member.maybe_inner("latestParty"), member.maybe_inner("latestHouseMembership")
    person = Person(
        id=f"member/{member.number('id')}",
        name=member.text("nameDisplayAs"),
        house=HOUSES.get(seat.maybe_number("house") or 0) if seat else None,
        party=party.maybe_text("name") if party else None,
    )
    member.done(ignore=frozenset(("nameListAs", "nameFullTitle", "nameAddressAs", "gender", "thumbnailUrl")))
    return person


def _biography(life: Reader, person: str) -> Iterator[Post]:
    for entry in life.maybe_items("governmentPosts"):
        yield Post(
            person=person,
            title=entry.text("name"),
            department=entry.maybe_text("additionalInfo"),
            start=entry.day("startDate"),
            end=entry.maybe_day("endDate"),
        )
        entry.done(ignore=frozenset(("house", "id", "additionalInfoLink")))
    life.skip("representations", "electionsContested", "houseMemberships", "oppositionPosts", "otherPosts")
    life.skip("partyAffiliations", "committeeMemberships")
    life.done()


def _post(post: Reader) -> Iterator[Record]:
    """Yield each holder of a post, and that they hold it."""
    title = post.text("name")
    departments = [entry.maybe_text("name") for entry in post.maybe_items("governmentDepartments")]
    for holder in post.maybe_items("postHolders"):
        member = holder.maybe_inner("member")
        if member is None:
            continue  # a vacant post
        person = _person(member.inner("value"))
        yield person
        yield Post(
            person=person.id,
            title=title,
            department=next(filter(None, departments), None),
            start=holder.day("startDate"),
            end=holder.maybe_day("endDate"),
        )
        holder.done(ignore=frozenset(("layingMinisterName", "isPaid")))
    post.done(ignore=frozenset(("type", "hansardName", "id", "createdWhen", "order")))


def people(body: bytes, url: str) -> Page[str]:
    """Return the ids of the members on a page of the search."""
    page = Reader.from_bytes(body, url)
    ids = [str(item.inner("value").number("id")) for item in page.items("items")]
    return Page(total=page.number("totalResults"), rows=[(number, number) for number in ids])


def probes(day: date) -> Iterator[str]:  # noqa: ARG001 -- the same questions on every day
    """Yield the present posts, the list of ministers, and a page of members."""
    yield from (POSTS, MINISTERS)
    yield f"{API}/Members/Search?House=2&IsCurrentMember=true&skip=0&take={TAKE}"


def follow(body: bytes, url: str) -> Iterator[str]:
    """Yield the person and the biography of the first who holds a post."""
    if url == POSTS:
        for person in [record for record in read(body, url) if isinstance(record, Person)][:1]:
            member = f"{API}/Members/{person.id.removeprefix('member/')}"
            yield from (member, f"{member}/Biography")


class Members(SourceSpider):
    """Asks for the present posts, for who speaks with an office or answers, and now and then for all members."""

    name = "members"
    title = "Members and ministers"
    licence = "Open Parliament Licence v3.0"
    attribution = "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."
    home = "https://members.parliament.uk"
    expects = Range(lowest=0, highest=0)  # people and posts are no documents
    turn = 2  # whom it asks about stands in the answers that the others bring
    read = staticmethod(read)
    probes = staticmethod(probes)
    follow = staticmethod(follow)

    def first_requests(self) -> Iterator[Request]:
        last = self.seen(POSTS)
        spoke = self._who_spoke() if last is None else self._who_spoke(last)
        yield from self.ask_listing(POSTS, self._posts, self.scope("government posts"))
        # the Members API lists the Cabinet only; GOV.UK lists all ministers
        yield from self.ask_listing(MINISTERS, self._ministers, self.scope("ministers on GOV.UK"))
        failed = {asked.scope.removeprefix("member ") for asked in self.memory.missing() if "member " in asked.scope}
        for number in sorted(spoke | self._known() | failed, key=int):
            yield from self._member(number, is_asked_again=number in failed)
        for house in HOUSES:
            if self._is_due(house):
                yield from self._members(house, 0, Listing(take=TAKE))

    def _is_due(self, house: int) -> bool:
        """Tell whether to list the members of a House again: now and then, and where it was not listed to its end."""
        seen = self.seen(_search(house, 0))
        is_missing = any(asked.scope == HOUSES[house] for asked in self.memory.missing())
        is_whole = self.memory.is_whole() and not is_missing
        return seen is None or not is_whole or self.until - seen.date() >= timedelta(days=MEMBER_DAYS)

    def _who_spoke(self, after: datetime | None = None) -> set[str]:
        """Return the ids of those who answered, made a statement or spoke with an office printed."""
        found: set[int] = set()
        for prefix in (DEBATES, QUESTIONS, STATEMENTS):
            for _, body in self.memory.bodies(prefix, after):
                found.update(spoke_for_government(json.loads(body)))
        return {str(number) for number in found}

    def _known(self) -> set[str]:
        return {found[1] for url, _ in self.memory.bodies(f"{API}/Members/") if (found := BIOGRAPHY.match(url))}

    def _posts(self, response: Response, scope: Scope) -> Iterator[Any]:
        for record in read(response.body, response.url):
            scope.listed += 1
            if isinstance(record, Person):
                yield from self._member(record.id.removeprefix("member/"))
            yield record

    def _ministers(self, response: Response, scope: Scope) -> Iterator[Record]:
        if is_being_reshuffled(response.body, response.url):
            scope.pending = "GOV.UK lists no ministers: a reshuffle is under way"
        yield from self.people(response, scope)

    def _member(self, number: str, *, is_asked_again: bool = False) -> list[Request]:
        """Return the requests for a person and their life, when these were not looked at for long."""
        life = f"{API}/Members/{number}/Biography"
        body, looked = self.memory.body(life), [self.seen(life), self.seen(f"{API}/Members/{number}")]
        # the earlier of the two: a crawl may have been killed between them
        seen = min((moment for moment in looked if moment), default=None) if all(looked) else None
        days = MINISTER_DAYS if body is None or has_post(body) else MEMBER_DAYS
        if seen is not None and not is_asked_again and (self.until - seen.date()) < timedelta(days=days):
            return []
        if seen is not None:
            self.count("rechecks", 2)
        scope = self.scope(f"member {number}")
        return [request for url in (f"{API}/Members/{number}", life) for request in self.ask(url, self.people, scope)]

    def people(self, response: Response, scope: Scope) -> Iterator[Record]:
        """Read people and posts."""
        for record in read(response.body, response.url):
            scope.listed += 1
            yield record

    def _members(self, house: int, skip: int, listing: Listing[str]) -> list[Request]:
        then = partial(self._page, house=house, listing=listing)
        return self.ask_listing(_search(house, skip), then, self.scope(HOUSES[house]))

    def _page(self, response: Response, scope: Scope, *, house: int, listing: Listing[str]) -> Iterator[Any]:
        following = listing.add(people(response.body, response.url), response.url)
        yield from self.people(response, scope)
        if following is not None:
            yield from self._members(house, following, listing)


def _search(house: int, skip: int) -> str:
    return f"{API}/Members/Search?{urlencode({'House': house, 'IsCurrentMember': 'true', 'skip': skip, 'take': TAKE})}"


def spoke_for_government(value: Any) -> Iterator[int]:
    """Yield the ids of members in an answer who speak with an office printed, answer, or make a statement."""
    if isinstance(value, list):
        for part in value:
            yield from spoke_for_government(part)
    elif isinstance(value, dict):
        speaks = value.get("MemberId") if OFFICE.search(value.get("AttributedTo") or "") else None
        yield from (
            n for n in (speaks, value.get("answeringMemberId"), value.get("memberId")) if isinstance(n, int) and n
        )
        for part in value.values():
            yield from spoke_for_government(part)


def has_post(body: bytes) -> bool:
    """Tell whether a biography names a government post that has not ended."""
    life = json.loads(body).get("value") or {}
    return any(post.get("endDate") is None for post in life.get("governmentPosts") or [])
