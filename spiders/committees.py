"""Select committees: reports, the Government's responses with their deadlines, letters, from the Committees API.

Contract: https://committees-api.parliament.uk (OpenAPI).
"""

from __future__ import annotations

import base64
import re
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from processing.errors import KindNotCollected, SourceChanged
from processing.records import Attachment, Document, Passage
from processing.sources import TEXT_OF_A_PUBLICATION
from processing.strict_json import Reader
from spiders.base import Range, SourceSpider
from spiders.html import BLOCKS, parse, tag_text
from spiders.listing import Listing, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy import Request
    from scrapy.http import Response

    from spiders.base import Scope

API = "https://committees-api.parliament.uk/api"
SITE = "https://committees.parliament.uk/publications"
LISTING = re.compile(re.escape(API) + r"/Publications\?")
TEXT = re.compile(re.escape(API) + r"/Publications/(\d+)/Document/(\d+)/(Html|Pdf|OriginalFormat)$")
COMMITTEES = re.compile(re.escape(API) + r"/Committees[/?]")
TYPES = (1, 2, 3, 12)  # report, government response, correspondence, special report (which may print a response)
ANSWERS = frozenset(("government response", "special report"))  # whose text is fetched: the Government speaks in it
KNOWN = {"Education Committee": 203}
WANTED = ("Home Affairs Committee", "Women and Equalities Committee", "Justice Committee")
# committees of the Lords and others, by what their publications are called
PHRASES = ("child sexual abuse", "child sexual exploitation", "online safety", "safeguarding")
TAKE = 30
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def read(body: bytes, url: str) -> Iterator[Document]:
    """Yield the publications of a listing, or the text of one. Listings of committees give none."""
    if COMMITTEES.match(url):
        return
    if LISTING.match(url):
        yield from (_publication(item) for item in Reader.from_bytes(body, url).items("items"))
    elif found := TEXT.match(url):
        if found[3] != "Html":
            raise KindNotCollected(url, f"text of a committee's publication as {found[3]}")
        yield _text(Reader.from_bytes(body, url), int(found[1]), int(found[2]))
    else:
        raise SourceChanged(url, "no URL of the Committees API that we know")


def _publication(item: Reader) -> Document:
    number, kind = item.number("id"), item.inner("type").text("name").lower()
    title = item.maybe_text("description") or kind.capitalize()
    committee = item.maybe_inner("committee")
    house = committee.maybe_text("house") if committee else None
    name = committee.maybe_text("name") if committee else None
    deadline, responses = _responses(item.maybe_inner("governmentResponses"))
    answers = item.maybe_number("responseToPublicationId")
    department = item.maybe_inner("respondingDepartment")
    document = Document(
        id=f"committees/{number}",
        source="committees",
        kind=kind,
        title=title,
        url=f"{SITE}/{number}/",
        published=item.maybe_day("publicationStartDate"),
        passages=(Passage(key="title", kind="heading", text=title, section=name),),
        house=house,
        departments=tuple(filter(None, [department.maybe_text("name") if department else None])),
        dates=(("response_deadline", deadline),) if deadline else (),
        attachments=tuple(_attachments(item, number)),
        related=tuple(sorted({f"committees/{other}" for other in [*responses, *([answers] if answers else [])]})),
    )
    item.skip(
        "publicationEndDate", "hcNumber", "hlPaper", "additionalContentUrl", "additionalContentUrl2", "businesses"
    )
    item.done()
    return document


def _responses(responses: Reader | None) -> tuple[date | None, list[int]]:
    """Return the day by which the Government must respond, and the responses that there are."""
    if responses is None:
        return None, []
    deadline = responses.maybe_day("responseDeadline")
    numbers = [entry.number("id") for entry in responses.maybe_items("publication")]
    responses.skip("responseExcepted")
    responses.done()
    return deadline, numbers


def _attachments(item: Reader, number: int) -> Iterator[Attachment]:
    for document in item.maybe_items("documents"):
        document_number = document.number("documentId")
        for file in document.maybe_items("files"):
            form = file.text("fileDataFormat")
            yield Attachment(
                title=file.maybe_text("fileName") or f"document {document_number}",
                url=file.maybe_text("url") or f"{API}/Publications/{number}/Document/{document_number}/{form}",
                media_type=form,
                size_bytes=file.maybe_number("fileSize"),
            )
            file.done()


def _text(answer: Reader, number: int, document_number: int) -> Document:
    encoded = answer.text("data")
    try:
        page = base64.b64decode(encoded, validate=True).decode("utf-8")
    except ValueError as error:
        raise SourceChanged(answer.where, f"data is no HTML in base64: {error}") from error
    title = answer.maybe_text("fileName") or f"Document {document_number}"
    answer.skip("fileSize", "fileDataFormat", "url")
    answer.done()
    return Document(
        id=f"committees/{number}/{document_number}",
        source="committees",
        kind=TEXT_OF_A_PUBLICATION,
        title=title,
        url=f"{SITE}/{number}/documents/{document_number}/default/",
        published=None,
        passages=tuple(_blocks(page)),
        part_of=f"committees/{number}",
    )


def _blocks(page: str) -> Iterator[Passage]:
    """Yield the blocks of a page that hold no other block, in order, under their headings."""
    section = None
    for position, tag in enumerate(tag for tag in parse(page).find_all(list(BLOCKS)) if not tag.find(list(BLOCKS))):
        text = tag_text(tag)
        kind = "heading" if tag.name in HEADINGS else "block"
        section = text if kind == "heading" and text else section
        if text:
            yield Passage(key=f"b{position}", kind=kind, text=text, section=section)


def publications(body: bytes, url: str) -> Page[tuple[date | None, str, list[str]]]:
    """Return day, kind and addresses of the HTML texts of each publication on a page, by id."""
    page = Reader.from_bytes(body, url)
    documents = [_publication(item) for item in page.items("items")]
    rows = [
        (
            document.id,
            (document.published, document.kind, [a.url for a in document.attachments if a.media_type == "Html"]),
        )
        for document in documents
    ]
    return Page(total=page.number("totalResults"), rows=rows)


def committee_ids(body: bytes, url: str, name: str) -> list[int]:
    """Return the id of the committee of exactly that name, if there is one. Raises SourceChanged for several."""
    found = [
        item.number("id") for item in Reader.from_bytes(body, url).items("items") if item.maybe_text("name") == name
    ]
    if len(found) > 1:
        raise SourceChanged(url, f"{len(found)} committees are called {name}")
    return found


def probes(day: date) -> Iterator[str]:
    """Yield a page of publications and the list of committees."""
    window = {
        "CommitteeId": KNOWN["Education Committee"],
        "PublicationTypeIds": TYPES,
        "StartDate": f"{day.year}-01-01",
    }
    yield f"{API}/Publications?{urlencode({**window, 'Skip': 0, 'Take': TAKE}, doseq=True)}"
    yield f"{API}/Committees?{urlencode({'SearchTerm': 'Home Affairs', 'House': 'Commons'})}"


def follow(body: bytes, url: str) -> Iterator[str]:
    """Yield the first text in HTML of the publications on a page."""
    if LISTING.match(url):
        addresses = [address for _, (_, _, found) in publications(body, url).rows for address in found]
        yield from addresses[:1]


class Committees(SourceSpider):
    """Asks for what our committees published, what others published on our subject, and the Government's answers."""

    name = "committees"
    title = "Select committees"
    licence = "Open Parliament Licence v3.0"
    attribution = "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."
    home = "https://committees.parliament.uk"
    expects = Range(lowest=1, highest=2000)
    lookback = timedelta(days=180)  # deadlines and responses are added to a report for months
    read = staticmethod(read)
    probes = staticmethod(probes)
    follow = staticmethod(follow)

    def first_requests(self) -> Iterator[Request]:
        for name, number in KNOWN.items():
            yield from self._publications({"CommitteeId": number}, name)
        for name in WANTED:
            url = f"{API}/Committees?{urlencode({'SearchTerm': name.removesuffix(' Committee'), 'House': 'Commons'})}"
            yield from self.ask_listing(url, partial(self._committee, name=name), self.scope(f"id of the {name}"))
        for phrase in PHRASES:
            yield from self._publications({"SearchTerm": phrase}, f"publications named {phrase}")

    def _committee(self, response: Response, scope: Scope, *, name: str) -> Iterator[Request]:
        numbers = committee_ids(response.body, response.url, name)
        if not numbers:
            scope.pending = f"no committee is called {name}: it may have a new name"
        for number in numbers:
            scope.listed += 1
            yield from self._publications({"CommitteeId": number}, name)

    def _publications(self, what: dict[str, Any], name: str) -> list[Request]:
        listing: Listing[tuple[date | None, str, list[str]]] = Listing(take=TAKE)
        return self._page(what, 0, listing, self.scope(name))

    def _page(self, what: dict[str, Any], skip: int, listing: Listing[Any], scope: Scope) -> list[Request]:
        # the first of a month, so that the address stays the same for weeks
        window = {"StartDate": self.since.replace(day=1), "SortOrder": "PublicationDateAscending"}
        query = urlencode({**what, "PublicationTypeIds": TYPES, **window, "Skip": skip, "Take": TAKE}, doseq=True)
        return self.ask_listing(f"{API}/Publications?{query}", partial(self._listed, what=what, listing=listing), scope)

    def _listed(
        self, response: Response, scope: Scope, *, what: dict[str, Any], listing: Listing[Any]
    ) -> Iterator[Any]:
        page = publications(response.body, response.url)
        for key, (published, _, _) in page.rows:
            if published is not None and published < self.since.replace(day=1):
                raise SourceChanged(response.url, f"{key} of {published} lies outside what was asked for")
        following = listing.add(page, response.url)
        yield from self.documents(response, scope, holds=len(page.rows))
        if following is not None:
            yield from self._page(what, following, listing, scope)
            return
        for _, kind, urls in listing.rows.values():
            for url in urls if kind in ANSWERS else ():
                if self.seen(url) is None or self.was_refused(url):
                    scope.listed += 1
                    yield from self.ask(url, self.documents, scope)
