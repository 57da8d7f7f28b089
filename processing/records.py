"""The records that all rooms share. Frozen; a change is a new record. Dates are `date`, instants aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

FIRMNESS = ("firm", "conditional", "aspirational")
NOVELTY = ("new", "restated")
TIMING_KINDS = ("date", "interval", "relative", "calendar", "event", "vague")
HOUSES = ("Commons", "Lords")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that belongs to a document; `media_type` as upstream states it, `size_bytes` None where not stated."""

    title: str
    url: str
    media_type: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNote:
    """A publisher's own note on a change of a page, with its instant as upstream states it (ISO 8601)."""

    at: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One speech, answer or block of text in a version of a document.

    `key` is the source's own id of the passage, or a position (`b12`), unique within the document and stable over
    versions where upstream allows. `kind`: speech, question, answer, statement, block, heading, procedure,
    division, time. `attribution` is the words that upstream prints for the speaker; `member` is `member/4397`
    (Members API) or `publicwhip/25292`. `post` is the office printed with the speech. `column` is the citable
    column, such as `1037` or `27WS`; `timecode` is HH:MM:SS, UK local time as printed; `page` a PDF page from 1.
    `is_inferred` says that the speaker was carried forward from the item before.
    """

    key: str
    kind: str
    text: str
    speaker: str | None = None
    attribution: str | None = None
    member: str | None = None
    post: str | None = None
    column: str | None = None
    timecode: str | None = None
    page: int | None = None
    url: str | None = None
    section: str | None = None
    is_inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One debate, answer, statement or publication, as one fetched answer gives it.

    `id` is `<source>/<own id>`; `url` the public permalink; `published` the sitting day, day of answer or first
    publication; `updated_at` what upstream says of its last change (ISO 8601). `state`: current, holding,
    unanswered, corrected, withdrawn, gone, redirected. `departments` are canonical names (see
    `processing.language.departments`). `dates` are named days of the document: opening, closing, response_deadline,
    answer_due, tabled, delivered. `related` are ids of documents that are the same event or an answer to it.
    `part_of` is the id of the document whose text this answer completes (an HTML attachment, a PDF).
    """

    id: str
    source: str
    kind: str
    title: str
    url: str
    published: date | None
    passages: tuple[Passage, ...]
    house: str | None = None
    departments: tuple[str, ...] = ()
    state: str = "current"
    state_note: str | None = None
    updated_at: str | None = None
    dates: tuple[tuple[str, date], ...] = ()
    change_notes: tuple[ChangeNote, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    related: tuple[str, ...] = ()
    part_of: str | None = None
    is_history: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member or minister: `member/4397`, `publicwhip/25292` or `govuk/<slug>`."""

    id: str
    name: str
    house: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A government post that a person held from `start` to `end` (inclusive; None: still held, as far as known)."""

    person: str
    title: str
    department: str | None
    start: date
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingDay:
    """A day on which a House sits, or sat."""

    house: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recess:
    """Days on which a House does not sit: `start` the first, `end` the last, both inclusive."""

    house: str
    name: str
    start: date
    end: date


Record = Document | Person | Post | SittingDay | Recess


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a crawl asked for and what came of it: a row of coverage.

    `scope` names the day or page of listing within the source, such as `Commons 2026-11-03` or `home-office from
    2026-11-01`. `state`: collected, empty, failed, pending. `found` counts documents.
    """

    source: str
    scope: str
    state: str
    found: int = 0
    house: str | None = None
    day: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenPassage:
    """A passage with all that the extractor may know of it: the fields of the labelling guide."""

    id: str
    source: str
    title: str
    spoken_on: date
    text: str
    house: str | None = None
    speaker: str | None = None
    post: str | None = None
    government: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """A phrase that says when. `start`..`end` are offsets in the text that was searched.

    `earliest` and `latest` are inclusive; None: no bound. Vague timing has neither, but `look_again`, a day of ours
    and not of the Government's. `kind` is one of TIMING_KINDS; `precision` day, week, month, season, quarter,
    half, year, term, session, parliament, event or none; `rule` the id of the rule that read it.
    """

    expression: str
    start: int
    end: int
    earliest: date | None
    latest: date | None
    kind: str
    precision: str
    rule: str
    look_again: date | None = None
    calendar_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue or exclusion that fired: its id in `cues.yml` and its offsets in the passage."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCommitment:
    """One saying of a commitment as the extractor finds it; the fields of the labelling guide and its reasons.

    `start` is the offset of `quote` in the passage's text. `action` is the verb class (publish, legislate, consult,
    fund, establish, review, respond, appoint, commence, meet, write, train, accept, refuse, other). `score` is the
    judge's probability from 0 to 1; `features` the strongest features with their weights, strongest first.
    """

    quote: str
    start: int
    owner: str
    firmness: str
    novelty: str
    timing: Timing | None
    recommendations: tuple[str, ...]
    action: str
    why: str
    cues: tuple[Cue, ...]
    score: float
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDelivery:
    """An exact quote that says that a thing has been done; `start` is its offset in the passage's text."""

    quote: str
    start: int
    cues: tuple[Cue, ...] = ()
    score: float = 1.0
    recommendations: tuple[str, ...] = ()
    action: str = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one passage holds."""

    commitments: tuple[FoundCommitment, ...]
    deliveries: tuple[FoundDelivery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A tracked term found in a text: its id in `terms.yml`, its topic, offsets in the original text."""

    term: str
    topic: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One upstream answer as it came: what the archive keeps. `fetched_at` is aware UTC; header values verbatim."""

    source: str
    url: str
    fetched_at: datetime
    status: int
    body: bytes
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None
