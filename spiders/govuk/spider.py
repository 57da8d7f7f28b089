"""GOV.UK: what the Home Office and the Department for Education publish, and what others publish on our subject.

Search API and Content API: alphagov/search-api `docs/using-the-search-api.md`, alphagov/publishing-api schemas.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from processing.errors import FollowthroughError, KindNotCollected, SourceChanged
from processing.language.terms import find_mentions, load_vocabulary
from processing.records import Asked
from processing.strict_json import parse_json
from spiders.base import WEEK, Range, SourceSpider, is_unchanged, utc_day
from spiders.govuk.files import FILES_LEFT_OUT, PDF, file_of, unread
from spiders.govuk.govspeak import ASSETS, SITE, is_file
from spiders.govuk.listing import Stub, stubs
from spiders.govuk.pages import CONTENT, NOT_COLLECTED, gone, page
from spiders.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrapy import Request
    from scrapy.http import Response

    from processing.language.terms import Vocabulary
    from processing.records import Attachment, Document, Record
    from spiders.base import Scope

SEARCH = f"{SITE}/api/search.json"
ALL = "all"  # instead of the slugs of bodies
# Other bodies' pages are found by these words: PDF text is not indexed, so the words of titles and summaries count most
PHRASES = (
    "child sexual abuse",
    "child sexual exploitation",
    "child sexual abuse material",
    "grooming gangs",
    "group-based child sexual exploitation",
    "Independent Inquiry into Child Sexual Abuse",
    "Child Protection Authority",
    "mandatory reporting",
    "keeping children safe in education",
    "working together to safeguard children",
    "disclosure and barring",
    "online child sexual",
    "safeguarding practice review",
    "taxi licensing",
)
TAKE = 500  # rows of a page of a listing; 1,500 are allowed
WINDOW = re.compile(r"(?P<name>.+) (?P<first>\d{4}-\d\d-\d\d) to (?P<last>\d{4}-\d\d-\d\d)$")
TOO_MANY = 400  # pages in a month that hold one of the phrases: more, and the query was ignored
FIELDS = "title,link,description,content_id,content_store_document_type,public_timestamp,organisations"
FRESH = timedelta(days=90)  # minor edits don't show in any listing: pages of this age are asked for again each week
MONTH = timedelta(days=27)  # a day less, so that the weekly run is never early
LARGEST = 25 * 1024 * 1024  # bytes of a file: a report is a few MB, larger ones are collections of maps and data
GONE = (404, 410)


def read(body: bytes, url: str) -> Iterator[Record]:
    """Yield the document of an answer: a page of the Content API, or a PDF. Listings give none.

    Raises KindNotCollected for pages without words of policy and for files that can't be read.
    """
    if url.startswith(f"{SEARCH}?"):
        return
    if url.startswith(f"{CONTENT}/"):
        yield page(body, url)
    elif is_file(url):
        if not url.lower().endswith(".pdf"):
            raise KindNotCollected(url, f"file of type {url.rsplit('.', 1)[1]}")
        yield file_of(body, url)
    else:
        raise SourceChanged(url, "no URL of GOV.UK that we know")


def read_missing(status: int, body: bytes, url: str) -> Iterator[Record]:
    """Yield a removed page as a document in the state gone.

    Raises KindNotCollected for a page that is not public and for a removed file (the page that lists it stays),
    SourceChanged for a listing.
    """
    if status not in GONE:
        raise KindNotCollected(url, f"page that is not public (status {status})")
    if url.startswith(f"{CONTENT}/"):
        try:
            yield page(body, url)
        except SourceChanged:
            # a 404 has no item in its body
            yield gone(urlsplit(url).path.removeprefix("/api/content"), None, None)
    elif is_file(url):
        raise KindNotCollected(url, f"file that is gone (status {status})")
    else:
        raise SourceChanged(url, f"answered {status}")


def probes(day: date) -> Iterator[str]:
    """Yield a listing of what each of the two departments published in the fortnight before a day, and of a phrase."""
    window = {"filter_public_timestamp": f"from:{day - timedelta(days=14)},to:{day}", "order": "-public_timestamp"}
    fixed = {**window, "count": 20, "start": 0, "fields": FIELDS}
    asked: list[dict[str, str]] = [
        {"filter_organisations": "home-office"},
        {"filter_organisations": "department-for-education"},
        {"q": f'"{PHRASES[0]}"'},
    ]
    yield from (f"{SEARCH}?{urlencode({**each, **fixed}, safe=':,')}" for each in asked)


def follow(body: bytes, url: str) -> Iterator[str]:
    """Yield the newest page of a listing; of a page its first part and its first PDF."""
    if url.startswith(f"{SEARCH}?"):
        paths = [stub.path for _, stub in stubs(body, url).rows if stub.path.startswith("/")]
        yield from (f"{CONTENT}{path}" for path in paths[:1])
    elif url.startswith(f"{CONTENT}/"):
        document = page(body, url)
        parts = [a.url for a in document.attachments if a.url.startswith(f"{document.url}/")]
        yield from (f"{CONTENT}{urlsplit(part).path}" for part in parts[:1])
        yield from [a.url for a in document.attachments if a.media_type == PDF and is_file(a.url)][:1]


class GovUk(SourceSpider):
    """Lists what changed, asks for each page, its HTML parts and PDF files, and looks again for unannounced edits."""

    name = "govuk"
    title = "GOV.UK"
    licence = "Open Government Licence v3.0"
    attribution = "Contains public sector information licensed under the Open Government Licence v3.0."
    home = "https://www.gov.uk"
    expects = Range(lowest=20, highest=4000)
    read = staticmethod(read)
    read_missing = staticmethod(read_missing)
    probes = staticmethod(probes)
    follow = staticmethod(follow)
    vocabulary: Vocabulary | None = None

    def first_requests(self) -> Iterator[Request]:
        bodies = self.settings.getlist("GOVUK_BODIES")
        for body in bodies:
            asked = {} if body == ALL else {"filter_organisations": body}
            yield from self._list(asked, body, partial(_is_of, body))
        for phrase in PHRASES if ALL not in bodies else ():
            # the bodies above are listed whole
            asked = {"q": f'"{phrase}"', "reject_organisations": bodies}
            yield from self._list(asked, f'"{phrase}"', lambda _: True, most=TOO_MANY)
        yield from self._look_again()

    def _windows(self, name: str) -> Iterator[tuple[date, date]]:
        """Yield first and last of the days asked about, and of days of which an earlier crawl missed something."""
        yield self.since, self.until
        for asked in self.memory.missing():
            found = WINDOW.match(asked.scope)
            if found and found["name"] == name:
                first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
                if (first, last) != (self.since, self.until):
                    yield first, last

    def _list(
        self, asked: dict[str, Any], name: str, is_wanted: Callable[[Stub], bool], most: int | None = None
    ) -> Iterator[Request]:
        """Yield the requests for the first pages of a listing."""
        for first, last in self._windows(name):
            yield from self._page_through(asked, (first, last), name, is_wanted, most)

    def _page_through(
        self,
        asked: dict[str, Any],
        days: tuple[date, date],
        name: str,
        is_wanted: Callable[[Stub], bool],
        most: int | None,
    ) -> list[Request]:
        listing: Listing[Stub] = Listing(take=TAKE)
        since, until = days
        most = most and most * (1 + (until - since).days // 30)
        window = {"filter_public_timestamp": f"from:{since},to:{until}", "order": "-public_timestamp"}

        def url(start: int) -> str:
            whole = {**asked, **window, "count": TAKE, "start": start, "fields": FIELDS}
            return f"{SEARCH}?{urlencode(whole, doseq=True, safe=':,')}"

        def listed(response: Response, scope: Scope) -> Iterator[Any]:
            found = stubs(response.body, response.url)
            if most and found.total > most:
                raise SourceChanged(response.url, f"{found.total} rows for {name}: was the query ignored?")
            for _, stub in found.rows:
                if not (since <= utc_day(stub.changed) <= until and is_wanted(stub)):
                    raise SourceChanged(response.url, f"{stub.path} lies outside what was asked for")
            start = listing.add(found, response.url)
            if start is not None:
                yield from self.ask_listing(url(start), listed, scope)
                return
            for stub in listing.rows.values():
                yield from self._candidate(stub, scope)

        return self.ask_listing(url(0), listed, self.scope(f"{name} {since} to {until}"))

    def _candidate(self, stub: Stub, scope: Scope) -> Iterator[Request]:
        """Yield the request for a page that is new or was changed since it was last asked for."""
        if not stub.path.startswith("/"):
            self.count("passed over")
            return
        scope.listed += 1
        url = f"{CONTENT}{stub.path}"
        if self.is_asked(url):
            # another listing names it too and answers for it; which of the two came first is chance
            scope.found += 1
            return
        checked = self.seen(url)
        if checked is None or checked < stub.changed or self.was_refused(url):
            yield from self._ask_page(url, scope)
            return
        self.count("unchanged")
        scope.found += 1
        if not self.memory.is_whole() and (body := self.memory.body(url)):
            # the crawl that brought the page may have ended before its parts and files were in
            yield from self._belongings(body, url, scope)

    def _ask_page(self, url: str, scope: Scope) -> list[Request]:
        return self.ask(url, self._page, scope, handle_httpstatus_list=list(GONE))

    def _page(self, response: Response, scope: Scope) -> Iterator[Any]:
        """Read a page, and ask for the parts and files that belong to it."""
        if response.status in GONE:
            self._missing(response, scope)
            return
        if is_unchanged(response) and self.memory.is_whole():
            yield from self.documents(response, scope)
            return
        if page(response.body, response.url).state in ("gone", "redirected"):
            self._missing(response, scope)
            return
        yield from self.documents(response, scope)
        yield from self._belongings(response.body, response.url, scope)

    def _missing(self, response: Response, scope: Scope) -> None:
        """Count a page that is gone or moved: an answer without text, which processing reads from the archive."""
        self.count("unchanged" if is_unchanged(response) else "removed")
        scope.found += 1

    def _belongings(self, body: bytes, url: str, scope: Scope) -> Iterator[Any]:
        """Yield requests for the parts and files of a page that are not in the archive yet.

        A part is asked for whenever its page changed: it has no row of its own in any listing.
        """
        try:
            document = page(body, url)
        except KindNotCollected:
            return
        for attachment in document.attachments:
            if attachment.media_type == "text/html":
                yield from self._part(attachment, document, url, scope)
            elif attachment.media_type == PDF and document.kind not in FILES_LEFT_OUT:
                yield from self._ask_file(attachment, scope)
        for file, note in unread(document):
            yield from self._gap(file, note)

    def _part(self, attachment: Attachment, document: Document, url: str, scope: Scope) -> list[Request]:
        part = f"{CONTENT}{urlsplit(attachment.url).path}"
        # an HTML attachment lies below its page; anything else has a row of its own
        if not attachment.url.startswith(f"{document.url}/"):
            return []
        checked, came = self.seen(part), self.memory.came(url)
        if checked and came and checked >= came and not self.was_refused(part) and not self.is_due(part):
            return []
        return self._ask_page(part, scope)

    def _ask_file(self, attachment: Attachment, scope: Scope) -> Iterator[Any]:
        """Yield the request for a file, unless we have it: a file that is replaced gets a new address."""
        if self.seen(attachment.url) is not None or urlsplit(attachment.url).netloc != ASSETS:
            return
        if self._is_known_gap(attachment.url):
            return
        if attachment.size_bytes and attachment.size_bytes > LARGEST:
            yield from self._too_large(attachment.url, f"{attachment.size_bytes // 1024**2} MB")
            return
        scope.listed += 1
        yield from self.ask(
            attachment.url,
            self._read_file,
            scope,
            on_failure=partial(self._file_failed, attachment.url),
            handle_httpstatus_list=list(GONE),
            download_maxsize=LARGEST,
        )

    def _read_file(self, response: Response, scope: Scope) -> Iterator[Any]:
        if response.status in GONE:
            self._missing(response, scope)
            return
        try:
            yield from self.documents(response, scope)
        except KindNotCollected as error:
            # nobody at hand can mend a scan: it is shown among the gaps, and does not make the crawl fail
            self.count("not collected")
            yield from self._gap(response.url, f"{response.url}: {error.kind}")

    def _file_failed(self, url: str, reason: str, scope: Scope) -> Iterator[Any] | None:  # noqa: ARG002 -- base's call
        return self._too_large(url, f"more than {LARGEST // 1024**2} MB") if "larger than" in reason else None

    def _too_large(self, url: str, size: str) -> Iterator[Asked]:
        note = f"{url}: left out: it has {size}, and we take {LARGEST // 1024**2} MB at most"
        if not self._is_known_gap(url):
            self.complain(note)
        yield from self._gap(url, note)

    def _gap(self, url: str, note: str) -> Iterator[Asked]:
        """Note a file that can't be had or read as a gap, once: asking again would not help."""
        if self._is_known_gap(url):
            return
        self.logger.warning("%s", note)
        self.count("gaps")
        yield Asked(source=self.name, scope=f"file {url}", state="failed", note=note)

    def _is_known_gap(self, url: str) -> bool:
        return any(asked.scope == f"file {url}" for asked in self.memory.missing())

    def _look_again(self) -> Iterator[Request]:
        """Yield requests for stored pages that are due: edited without notice, withdrawn or removed pages are news."""
        now = datetime.combine(self.until, datetime.max.time(), tzinfo=UTC)
        due = [url for url, body in self.memory.bodies(f"{CONTENT}/") if self._is_due(url, body, now)]
        if due:
            scope = self.scope("pages asked for again")
            scope.listed = len(due)
            for url in due:
                requests = self._ask_page(url, scope)
                self.count("rechecks", len(requests))
                scope.found += not requests
                yield from requests

    def _is_due(self, url: str, body: bytes, now: datetime) -> bool:
        """Tell whether to ask for a stored page again: a fresh one each week, an old one on our subject each month."""
        entry = parse_json(body, url)
        checked = self.seen(url)
        if checked is None or not isinstance(entry, dict) or entry.get("schema_name") in NOT_COLLECTED:
            return False
        rest = now - checked
        if rest < WEEK:
            return False
        return _age(entry, now) <= FRESH or (rest >= MONTH and self._concerns_us(body, url))

    def _concerns_us(self, body: bytes, url: str) -> bool:
        self.vocabulary = self.vocabulary or load_vocabulary()
        try:
            document = page(body, url)
        except FollowthroughError:
            return False
        text = "\n".join([document.title, *(passage.text for passage in document.passages)])
        return bool(find_mentions(text, self.vocabulary, document.title))


def _is_of(body: str, stub: Stub) -> bool:
    return body == ALL or body in stub.bodies


def _age(entry: dict[str, Any], now: datetime) -> timedelta:
    """Return the time since a page's last major change; none at all where that is not said."""
    try:
        changed = datetime.fromisoformat(str(entry.get("public_updated_at") or entry.get("updated_at")))
    except ValueError:
        return timedelta(0)
    return now - (changed if changed.tzinfo else changed.replace(tzinfo=UTC))
