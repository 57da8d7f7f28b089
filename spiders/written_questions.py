"""Written questions and their answers, from Parliament's questions and statements API.

Contract: https://questions-statements-api.parliament.uk (Swagger); rows of listings are cut off at 255 characters.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from processing.errors import SourceChanged
from processing.language.terms import find_mentions, load_vocabulary
from processing.records import Document, Passage
from processing.strict_json import Reader
from spiders.base import Range, SourceSpider
from spiders.html import html_text
from spiders.listing import Listing, Page
from spiders.questions_statements import attachment, member_name, the_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from scrapy import Request
    from scrapy.http import Response

    from processing.language.terms import Vocabulary
    from spiders.base import Scope

API = "https://questions-statements-api.parliament.uk/api/writtenquestions/questions"
LISTING = re.compile(re.escape(API) + r"\?")
DETAIL = re.compile(re.escape(API) + r"/\d+(?:\?|$)")
# names of members are left out of details unless asked for; another session than the present one too
WHOLE = "expandMember=true&sessionStatus=Any"
BODIES = {1: "Home Office", 60: "Department for Education"}  # ids change with the machinery of government
TAKE = 200  # 1,000 worked upstream; 200 rows are made within seconds
OPEN_DAYS = 400  # a question that no session answered has lapsed by then
LONG = 120  # characters of an answer that two questions share: shorter ones ("No.") are equal by chance
# fmt: off
USELESS = frozenset((
    "memberHasInterest", "answeringBodyId", "isNamedDay", "groupedQuestions", "originalAnswerText",
    "comparableAnswerText", "attachmentCount",
))
# fmt: on


def read(body: bytes, url: str) -> Iterator[Document]:
    """Yield the question that a detail answer holds. Listings hold cut-off rows only: they give no document."""
    if LISTING.match(url):
        return
    if not DETAIL.match(url):
        raise SourceChanged(url, "no URL of a written question that we know")
    yield question(the_value(Reader.from_bytes(body, url)))


def question(value: Reader) -> Document:
    """Return a question with its answer, if it has one."""
    number, uin, tabled = value.number("id"), value.text("uin"), value.day("dateTabled")
    url = f"https://questions-statements.parliament.uk/written-questions/detail/{tabled}/{uin}"
    dates = {"tabled": tabled, "answer_due": value.day("dateForAnswer")}
    for name, key in (
        ("answered", "dateAnswered"),
        ("holding", "dateHoldingAnswer"),
        ("corrected", "dateAnswerCorrected"),
    ):
        if (day := value.maybe_day(key)) is not None:
            dates[name] = day
    asked = _passage(value, "question", value.maybe_text("questionText") or "", url)
    answer = value.maybe_text("answerText")
    passages = [asked] + ([_passage(value, "answer", answer, url)] if answer else [])
    body = value.maybe_text("answeringBodyName")
    if not answer:
        value.skip("answeringMember", "answeringMemberId")
    state = _state(value, bool(answer))
    shared = _shared_answer(passages[-1].text, body, dates.get("answered")) if state in ("current", "corrected") else ()
    document = Document(
        id=f"written_questions/{number}",
        source="written_questions",
        kind="written question",
        title=value.maybe_text("heading") or f"Written question {uin}",
        url=url,
        published=dates.get("answered", tabled),
        passages=tuple(passages),
        house=value.text("house"),
        departments=tuple(filter(None, [body])),
        state=state,
        state_note=_corrector(value),
        dates=tuple(sorted(dates.items())),
        attachments=tuple(map(attachment, value.maybe_items("attachments"))),
        related=tuple(sorted({*_group(value, tabled, uin), *shared})),
    )
    value.done(ignore=USELESS)
    return document


def _passage(value: Reader, kind: str, text: str, url: str) -> Passage:
    role = {"question": "askingMember", "answer": "answeringMember"}[kind]
    member = value.maybe_number(f"{role}Id")
    name = member_name(value.maybe_inner(role))
    return Passage(
        key=kind,
        kind=kind,
        text=html_text(text),
        speaker=name,
        attribution=name,
        member=f"member/{member}" if member else None,
        url=url,
    )


def _state(value: Reader, is_answered: bool) -> str:  # noqa: FBT001 -- private, one caller
    is_withdrawn, is_holding = value.yes("isWithdrawn"), value.maybe_yes("answerIsHolding")
    is_corrected = value.maybe_yes("answerIsCorrection")
    if is_withdrawn:
        return "withdrawn"
    if not is_answered:
        return "unanswered"
    if is_holding:
        return "holding"
    return "corrected" if is_corrected else "current"


def _corrector(value: Reader) -> str | None:
    member, name = value.maybe_number("correctingMemberId"), member_name(value.maybe_inner("correctingMember"))
    return f"corrected by {name or f'member/{member}'}" if member else None


def _group(value: Reader, tabled: date, uin: str) -> tuple[str, ...]:
    """Return the keys (day tabled, UIN) of the questions that were answered together, its own among them."""
    keys = {
        f"written_questions/{entry.day('dateTabled')}/{entry.text('questionUin')}"
        for entry in value.maybe_items("groupedQuestionsDates")
    }
    return tuple(sorted(keys | {f"written_questions/{tabled}/{uin}"})) if keys else ()


def _shared_answer(text: str, body: str | None, answered: date | None) -> tuple[str, ...]:
    """Return the key of an answer: equal for questions that one body gave the same long answer on the same day.

    Upstream was seen to leave its own list of grouped questions empty for months.
    """
    if answered is None or len(text) < LONG:
        return ()
    words = " ".join([body or "", *text.split()])
    return (f"written_questions/answer/{answered}/{hashlib.sha256(words.encode()).hexdigest()[:16]}",)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionStub:
    """A row of a listing: what it tells of the question without asking for it. `facts` change with the question."""

    id: int
    tabled: date
    corrected: date | None
    body_id: int
    heading: str
    texts: str
    facts: tuple[Any, ...]


def stubs(body: bytes, url: str) -> Page[QuestionStub]:
    """Return the rows of a listing."""
    page = Reader.from_bytes(body, url)
    rows = [_stub(result.inner("value")) for result in page.items("results")]
    return Page(total=page.number("totalResults"), rows=[(str(stub.id), stub) for stub in rows])


def _stub(value: Reader) -> QuestionStub:
    corrected = value.maybe_day("dateAnswerCorrected")
    texts = "\n".join(value.maybe_text(key) or "" for key in ("questionText", "answerText"))
    return QuestionStub(
        id=value.number("id"),
        tabled=value.day("dateTabled"),
        corrected=corrected,
        body_id=value.number("answeringBodyId"),
        heading=value.maybe_text("heading") or "",
        texts=texts,
        facts=(
            value.maybe_day("dateAnswered"),
            value.maybe_day("dateHoldingAnswer"),
            corrected,
            value.maybe_yes("answerIsHolding"),
            value.maybe_yes("isWithdrawn"),
        ),
    )


def facts(body: bytes, url: str) -> tuple[Any, ...]:
    """Return the facts of a detail answer that change with the question, as its stub would have them."""
    return _stub(the_value(Reader.from_bytes(body, url))).facts


def _is_tabled(day: date, stub: QuestionStub) -> bool:
    return stub.tabled == day


def _is_corrected(since: date, stub: QuestionStub) -> bool:
    return stub.corrected is not None and stub.corrected >= since


def probes(day: date) -> Iterator[str]:
    """Yield the listing of the week before a day."""
    window = {"tabledWhenFrom": day - timedelta(days=7), "tabledWhenTo": day, "includeWithdrawn": "true"}
    yield f"{API}?{urlencode({**window, 'sessionStatus': 'Any', 'skip': 0, 'take': 20})}"


def follow(body: bytes, url: str) -> Iterator[str]:
    """Yield the first of the questions that a listing names."""
    if LISTING.match(url):
        yield from (f"{API}/{key}?{WHOLE}" for key, _ in stubs(body, url).rows[:1])


class WrittenQuestions(SourceSpider):
    """Asks for the questions tabled on each day, those corrected since, and those still open."""

    name = "written_questions"
    title = "Written questions"
    licence = "Open Parliament Licence v3.0"
    attribution = "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."
    home = "https://questions-statements.parliament.uk/written-questions"
    expects = Range(lowest=100, highest=6000)
    read = staticmethod(read)
    probes = staticmethod(probes)
    follow = staticmethod(follow)
    vocabulary: Vocabulary | None = None

    def first_requests(self) -> Iterator[Request]:
        failed = [asked.day for asked in self.memory.missing() if asked.day]
        for day in sorted({*self.days(), *failed}):
            scope = self.scope(f"tabled {day}", day=day)
            yield from self._list({"tabledWhenFrom": day, "tabledWhenTo": day}, partial(_is_tabled, day), scope)
        since = self.since
        scope = self.scope("corrected")
        yield from self._list({"correctedWhenFrom": since}, partial(_is_corrected, since), scope)
        yield from self._open_questions()

    def _list(self, window: dict[str, Any], is_inside: Callable[[QuestionStub], bool], scope: Scope) -> list[Request]:
        listing: Listing[QuestionStub] = Listing(take=TAKE)

        def url(skip: int) -> str:
            # without sessionStatus only the present session is searched, without includeWithdrawn none is withdrawn
            fixed = {"includeWithdrawn": "true", "sessionStatus": "Any", "skip": skip, "take": TAKE}
            return f"{API}?{urlencode({**window, **fixed})}"

        def listed(response: Response, scope: Scope) -> Iterator[Any]:
            page = stubs(response.body, response.url)
            for _, stub in page.rows:
                if not is_inside(stub):
                    raise SourceChanged(response.url, f"question {stub.id} lies outside what was asked for")
            skip = listing.add(page, response.url)
            if skip is not None:
                yield from self.ask_listing(url(skip), listed, scope)
                return
            for stub in listing.rows.values():
                yield from self._candidate(stub, scope)

        return self.ask_listing(url(0), listed, scope)

    def _concerns_us(self, stub: QuestionStub) -> bool:
        """Tell whether a question is for our departments, or its heading or what the listing shows names a term."""
        self.vocabulary = self.vocabulary or load_vocabulary()
        if stub.body_id in BODIES:
            return True
        return bool(
            find_mentions(stub.texts, self.vocabulary, stub.heading) or find_mentions(stub.heading, self.vocabulary)
        )

    def _candidate(self, stub: QuestionStub, scope: Scope) -> list[Request]:
        """Return the request for a question that concerns us and is new or changed."""
        if not self._concerns_us(stub):
            self.count("passed over")
            return []
        scope.listed += 1
        url = f"{API}/{stub.id}?{WHOLE}"
        known = self.memory.body(url)
        if known is None or self.was_refused(url) or facts(known, url) != stub.facts:
            return self.ask(url, self.documents, scope)
        self.count("unchanged")
        scope.found += 1
        return []

    def _open_questions(self) -> Iterator[Request]:
        """Yield requests for questions tabled before the days asked about that had no final answer when last read."""
        open_urls = [url for url, body in self.memory.bodies(f"{API}/") if self._is_open(body, url)]
        if open_urls:
            scope = self.scope("open")
            scope.listed = len(open_urls)
            self.count("rechecks", len(open_urls))
            yield from [request for url in open_urls for request in self.ask(url, self.documents, scope)]

    def _is_open(self, body: bytes, url: str) -> bool:
        stub = _stub(the_value(Reader.from_bytes(body, url)))
        answered, _, _, is_holding, is_withdrawn = stub.facts
        age = (self.since - stub.tabled).days
        return 0 < age <= OPEN_DAYS and not is_withdrawn and (answered is None or bool(is_holding))
