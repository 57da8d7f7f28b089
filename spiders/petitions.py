"""The Government's responses to e-petitions, from the petitions site of Parliament and Government.

Shape: the JSON templates of the site's own code (alphagov/e-petitions, `app/views/petitions`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from processing.errors import SourceChanged
from processing.records import Document, Passage
from processing.strict_json import Reader
from spiders.base import Range, SourceSpider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scrapy import Request
    from scrapy.http import Response

    from spiders.base import Scope

SITE = "https://petition.parliament.uk/petitions"
LISTING = re.compile(re.escape(SITE) + r"\.json\?")
PHRASES = ("child sexual abuse", "child sexual exploitation", "grooming gangs", "child abuse", "online safety")
# who signed, when it opened and what became of it in the House: figures that change by the hour
USELESS = (
    "additional_details", "closed_at", "committee_note", "created_at", "creator_name", "debate", "debate_outcome_at",
    "debate_scheduled_at", "debate_threshold_reached_at", "moderation_threshold_reached_at", "opened_at", "rejected_at",
    "rejection", "response_threshold_reached_at", "scheduled_debate_date", "signature_count", "state", "topics",
    "updated_at",
)  # fmt: skip


def read(body: bytes, url: str) -> Iterator[Document]:
    """Yield the petitions of a page that the Government has responded to. Raises SourceChanged for another address."""
    if not LISTING.match(url):
        raise SourceChanged(url, "no URL of the petitions site that we know")
    for row in Reader.from_bytes(body, url).items("data"):
        number, attributes = row.number("id"), row.inner("attributes")
        response = attributes.maybe_inner("government_response")
        row.skip("type", "links")
        row.done()
        if response is not None:
            yield _answered(number, attributes, response)


def _answered(number: int, petition: Reader, response: Reader) -> Document:
    url, action = f"{SITE}/{number}", petition.text("action")
    asked = Passage(
        key="petition",
        kind="question",
        text="\n\n".join(filter(None, [action, petition.maybe_text("background")])),
        url=url,
    )
    summary, details = response.text("summary").strip(), response.text("details").replace("\r\n", "\n").strip()
    answer = Passage(
        key="response",
        kind="answer",
        text=details if summary in details else f"{summary}\n\n{details}",
        url=f"{url}?reveal_response=yes",
    )
    document = Document(
        id=f"petitions/{number}",
        source="petitions",
        kind="petition",
        title=action,
        url=url,
        published=response.maybe_day("responded_on") or petition.maybe_day("government_response_at"),
        passages=(asked, answer),
        departments=tuple(_department(entry) for entry in petition.maybe_items("departments")),
        updated_at=response.maybe_text("updated_at"),
    )
    response.skip("created_at")
    response.done()
    petition.skip(*USELESS, "government_response_at")
    petition.done()
    return document


def _department(entry: Reader) -> str:
    name = entry.text("name")
    entry.skip("acronym", "url")
    entry.done()
    return name


def following(body: bytes, url: str) -> str | None:
    """Return the address of the next page of a listing; None on the last."""
    return Reader.from_bytes(body, url).inner("links").maybe_text("next")


def probes(day: date) -> Iterator[str]:  # noqa: ARG001 -- the same question on every day
    """Yield the first page of petitions that were answered and name the subject."""
    yield f"{SITE}.json?{urlencode({'state': 'with_response', 'q': PHRASES[0]})}"


class Petitions(SourceSpider):
    """Asks for all petitions on our subject that the Government has responded to: they are few."""

    name = "petitions"
    title = "E-petitions"
    licence = "Open Parliament Licence v3.0"
    attribution = "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."
    home = "https://petition.parliament.uk"
    expects = Range(lowest=0, highest=2000)
    read = staticmethod(read)
    probes = staticmethod(probes)

    def first_requests(self) -> Iterator[Request]:
        for phrase in PHRASES:
            query = urlencode({"state": "with_response", "q": phrase})
            yield from self.ask_listing(f"{SITE}.json?{query}", self._page, self.scope(f"petitions named {phrase}"))

    def _page(self, response: Response, scope: Scope) -> Iterator[object]:
        yield from self.documents(response, scope)
        if further := following(response.body, response.url):
            if not LISTING.match(further):
                raise SourceChanged(response.url, f"the next page lies elsewhere: {further}")
            yield from self.ask_listing(further, self._page, scope)
