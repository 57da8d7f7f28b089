"""Written ministerial statements of both Houses, from Parliament's questions and statements API.

Contract: https://questions-statements-api.parliament.uk (Swagger); rows of listings are cut off at 255 characters.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from processing.errors import SourceChanged
from processing.records import Document, Passage
from processing.strict_json import Reader
from spiders.base import Range, SourceSpider
from spiders.html import html_text
from spiders.listing import Listing, Page
from spiders.questions_statements import attachment, member_name, the_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scrapy import Request
    from scrapy.http import Response

    from spiders.base import Scope

API = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements"
LISTING = re.compile(re.escape(API) + r"\?")
DETAIL = re.compile(re.escape(API) + r"/\d+(?:\?|$)")
# names of members are left out of details unless asked for; another session than the present one too
WHOLE = "expandMember=true&sessionStatus=Any"
TAKE = 200
SETTLED_DAYS = 7  # a statement is read once more when it is so old: corrections are made within days
USELESS = frozenset(("answeringBodyId", "noticeNumber", "hasAttachments", "hasLinkedStatements"))


def read(body: bytes, url: str) -> Iterator[Document]:
    """Yield the statement that a detail answer holds. Listings hold cut-off rows only: they give no document."""
    if LISTING.match(url):
        return
    if not DETAIL.match(url):
        raise SourceChanged(url, "no URL of a written statement that we know")
    yield statement(the_value(Reader.from_bytes(body, url)))


def statement(value: Reader) -> Document:
    """Return a statement."""
    number, uin, made, title = value.number("id"), value.text("uin"), value.day("dateMade"), value.text("title")
    url = f"https://questions-statements.parliament.uk/written-statements/detail/{made}/{uin.lower()}"
    name, role, member = (
        member_name(value.maybe_inner("member")),
        value.maybe_text("memberRole"),
        value.number("memberId"),
    )
    said = Passage(
        key="statement",
        kind="statement",
        text=html_text(value.text("text")),
        speaker=name,
        attribution=", ".join(filter(None, [role, name])) or None,
        member=f"member/{member}",
        post=role,
        url=url,
    )
    linked = [_linked(link) for link in value.maybe_items("linkedStatements")]
    document = Document(
        id=f"written_statements/{number}",
        source="written_statements",
        kind="written statement",
        title=title,
        url=url,
        published=made,
        passages=(said,),
        house=value.text("house"),
        departments=tuple(filter(None, [value.maybe_text("answeringBodyName")])),
        attachments=tuple(map(attachment, value.maybe_items("attachments"))),
        related=tuple(sorted({pair_key(made, title), *linked})),
    )
    value.done(ignore=USELESS)
    return document


def pair_key(made: date, title: str) -> str:
    """Return what the statements of both Houses share: the day and the title, in letters and digits."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    return f"written_statements/{made}/{'-'.join(words)}"


def _linked(link: Reader) -> str:
    number = link.number("linkedStatementId")
    link.skip("linkType", "linkDate")
    link.done()
    return f"written_statements/{number}"


def stubs(body: bytes, url: str) -> Page[date]:
    """Return the day of each statement on a page of the listing, by id."""
    page = Reader.from_bytes(body, url)
    values = [result.inner("value") for result in page.items("results")]
    return Page(
        total=page.number("totalResults"), rows=[(str(value.number("id")), value.day("dateMade")) for value in values]
    )


def probes(day: date) -> Iterator[str]:
    """Yield the listing of the fortnight before a day."""
    window = {
        "madeWhenFrom": day - timedelta(days=14),
        "madeWhenTo": day,
        "sessionStatus": "Any",
        "skip": 0,
        "take": 20,
    }
    yield f"{API}?{urlencode(window)}"


def follow(body: bytes, url: str) -> Iterator[str]:
    """Yield the first of the statements that a listing names."""
    if LISTING.match(url):
        yield from (f"{API}/{key}?{WHOLE}" for key, _ in stubs(body, url).rows[:1])


class WrittenStatements(SourceSpider):
    """Asks for the statements made on each day, of all departments: they are few."""

    name = "written_statements"
    title = "Written ministerial statements"
    licence = "Open Parliament Licence v3.0"
    attribution = "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."
    home = "https://questions-statements.parliament.uk/written-statements"
    expects = Range(lowest=10, highest=1000)
    read = staticmethod(read)
    probes = staticmethod(probes)
    follow = staticmethod(follow)

    def first_requests(self) -> Iterator[Request]:
        failed = [asked.day for asked in self.memory.missing() if asked.day]
        for day in sorted({*self.days(), *failed}):
            listing: Listing[date] = Listing(take=TAKE)
            yield from self._page(day, 0, listing, self.scope(f"made {day}", day=day))

    def _page(self, day: date, skip: int, listing: Listing[date], scope: Scope) -> list[Request]:
        def listed(response: Response, scope: Scope) -> Iterator[Any]:
            page = stubs(response.body, response.url)
            for number, made in page.rows:
                if made != day:
                    raise SourceChanged(response.url, f"statement {number} of {made} lies outside what was asked for")
            following = listing.add(page, response.url)
            if following is not None:
                yield from self._page(day, following, listing, scope)
                return
            for number in listing.rows:
                yield from self._statement(f"{API}/{number}?{WHOLE}", scope)

        # without sessionStatus only the present session is searched
        window = {"madeWhenFrom": day, "madeWhenTo": day, "sessionStatus": "Any", "skip": skip, "take": TAKE}
        return self.ask_listing(f"{API}?{urlencode(window)}", listed, scope)

    def _statement(self, url: str, scope: Scope) -> list[Request]:
        """Return the request for a statement that is new; one of the last weeks is looked at again after a week."""
        scope.listed += 1
        if not self.is_due(url):
            self.count("unchanged")
            scope.found += 1
            return []
        self.count("rechecks", int(self.seen(url) is not None))
        return self.ask(url, self.documents, scope)
