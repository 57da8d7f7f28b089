"""Reads one item of GOV.UK's Content API: a page with its text, dates, change notes, attachments and state.

Schemas: alphagov/publishing-api, `content_schemas/dist/formats`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from processing.errors import KindNotCollected, SourceChanged
from processing.language.departments import canonical_name
from processing.london import LONDON
from processing.records import Attachment, ChangeNote, Document, Passage
from processing.strict_json import Reader
from spiders.govuk.govspeak import SITE, absolute, blocks, files, is_file
from spiders.html import html_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONTENT = f"{SITE}/api/content"
# Pages with words of their own
COLLECTED = frozenset((
    "publication", "html_publication", "news_article", "speech", "consultation", "call_for_evidence", "detailed_guide",
    "guide", "answer", "manual", "manual_section", "document_collection", "statistical_data_set", "case_study",
    "corporate_information_page", "specialist_document", "working_group", "statistics_announcement",
    "world_location_news", "help_page", "hmrc_manual",
))  # fmt: skip
# Pages that are no words of government policy, and why
NOT_COLLECTED = {
    "organisation": "a body's own front page: what it says stands in its documents",
    "ministers_index": "who holds which post: read by the source members",
    "role": "who holds which post: read by the source members",
    "role_appointment": "who holds which post: read by the source members",
    "person": "who holds which post: read by the source members",
    "topical_event": "a list of documents, which are collected themselves",
    "fatality_notice": "deaths in the armed forces: no policy, and about persons",
    "hmrc_manual_section": "tax manual",
    "contact": "addresses", "finder": "navigation", "taxon": "navigation", "step_by_step_nav": "navigation",
    "mainstream_browse_page": "navigation", "homepage": "navigation", "special_route": "navigation",
    "service_manual_guide": "how to build services", "smart_answer": "a calculator", "transaction": "a form",
    "local_transaction": "a form", "place": "addresses", "calendar": "bank holidays: read by the calendar",
    "travel_advice": "advice for travellers", "field_of_operation": "deaths in the armed forces",
    "historic_appointment": "history", "history": "history", "government": "history", "policy": "navigation",
    "world_location": "navigation", "worldwide_organisation": "a body's own front page",
    "simple_smart_answer": "a calculator", "email_alert_signup": "a form", "licence": "a form",
    "completed_transaction": "a form", "external_content": "not on GOV.UK", "vanish": "removed", "placeholder": "empty",
}  # fmt: skip
# Fields of `details` with text, in the order in which a reader meets them, and the section they stand under
TEXTS = (
    ("body", None),
    ("public_feedback_detail", "Public feedback"),
    ("outcome_detail", "Outcome"),
    ("final_outcome_detail", "Outcome"),
)
OLD_FILE_LISTS = ("documents", "final_outcome_documents", "public_feedback_documents", "outcome_documents")
DAYS = (
    ("opening", "opening_date"),
    ("closing", "closing_date"),
    ("outcome", "final_outcome_publication_date"),
    ("feedback", "public_feedback_publication_date"),
    ("delivered", "delivered_on"),
)
# fmt: off
USELESS = frozenset((
    "analytics_identifier", "phase", "publishing_app", "rendering_app", "publishing_request_id",
    "publishing_scheduled_at", "scheduled_publishing_delay_seconds", "need_ids", "redirects", "govuk_request_id",
    "navigation_document_supertype", "user_journey_document_supertype", "user_need_document_supertype",
    "email_document_supertype", "government_document_supertype", "content_purpose_document_supertype",
    "content_purpose_supergroup", "content_purpose_subgroup", "search_user_need_document_supertype",
))
USELESS_DETAILS = frozenset((
    "tags", "image", "images", "headers", "emphasised_organisations", "featured_attachments", "national_applicability",
    "related_mainstream_content", "external_related_links", "hide_chapter_navigation", "format_display_type",
    "isbn", "web_isbn", "print_meta_data_contact_address", "first_published_version", "public_timestamp",
    "ways_to_respond", "held_on_another_website_url", "corporate_information_groups", "organisation", "metadata",
    "max_cache_time", "temporary_update_type", "child_section_groups", "organisations", "email", "location",
    "speech_type_explanation", "format_sub_type", "cancelled_at", "previous_display_date", "latest_change_note",
    "alternative_scotland_url", "alternative_wales_url",
    "alternative_nothern_ireland_url", "brand", "logo", "section_id", "breadcrumbs", "manual", "applicability",
    "display_as_announcement", "final_outcome_attachments", "public_feedback_attachments", "outcome_attachments",
    "roll_call_introduction", "casualties", "update_type", "change_note", "default_news_image",
    "language", "first_public_at",
))
# fmt: on
HONOURS = re.compile(r"^(?:The )?(?:Rt|Right) Hon(?:ourable)? |,? (?:MP|KC|QC|CBE|OBE|MBE|DBE|KBE|CB|CMG|DL|PC|TD)\b")


class PageSpeaker(NamedTuple):
    """Who gave a speech: plain name, the words printed, `govuk/<slug>` and the office printed, if any.

    Of somebody who is quoted on a page there are only the words that introduce the quotation.
    """

    name: str | None
    attribution: str
    member: str | None
    post: str | None


class Text(NamedTuple):
    """One text of a page: its HTML, the address it stands at, its section."""

    html: str
    url: str
    section: str | None


def page_id(path: str) -> str:
    """Return the id of the document at a path: what is gone keeps nothing but its path."""
    return f"govuk{path}"


def page(body: bytes, url: str) -> Document:
    """Return the page that a Content API answer holds.

    Raises KindNotCollected for pages without words of policy, SourceChanged for a schema that nobody knows.
    """
    entry = Reader.from_bytes(body, url)
    schema = entry.text("schema_name")
    if schema in NOT_COLLECTED:
        raise KindNotCollected(url, f"{schema} ({NOT_COLLECTED[schema]})")
    if schema == "redirect":
        return _redirected(entry)
    if schema == "gone":
        return gone(entry.text("base_path"), *_explained(entry))
    if schema not in COLLECTED:
        raise SourceChanged(url, f"schema_name {schema!r} is not known")
    return _page(entry, schema)


def gone(path: str, note: str | None, updated_at: str | None) -> Document:
    """Return what is left of a removed page: that it is gone, and why if that is said."""
    return Document(
        id=page_id(path),
        source="govuk",
        kind="gone",
        title=path,
        url=f"{SITE}{path}",
        published=None,
        passages=(),
        state="gone",
        state_note=note,
        updated_at=updated_at,
    )


def _explained(entry: Reader) -> tuple[str | None, str | None]:
    """Return why a page is gone, with where to look instead, and when it went."""
    details = entry.maybe_inner("details")
    why = html_text(details.maybe_text("explanation") or "") if details else ""
    instead = details.maybe_text("alternative_path") if details else None
    note = " ".join(filter(None, [why, f"See {absolute(instead)}" if instead else ""]))
    return note or None, entry.maybe_text("updated_at")


def _redirected(entry: Reader) -> Document:
    path = entry.text("base_path")
    targets = [each.text("destination") for each in entry.maybe_items("redirects") if each.text("path") == path]
    target = targets[0] if targets else None
    inside = target.split("?")[0].split("#")[0] if target and target.startswith("/") else None
    return Document(
        id=page_id(path),
        source="govuk",
        kind="redirect",
        title=path,
        url=f"{SITE}{path}",
        published=None,
        passages=(),
        state="redirected",
        state_note=absolute(target) if target else None,
        updated_at=entry.maybe_text("updated_at"),
        related=(page_id(inside),) if inside else (),
    )


def _page(entry: Reader, schema: str) -> Document:
    path, kind, title = entry.text("base_path"), entry.text("document_type"), entry.text("title")
    content_id, locale = entry.text("content_id"), entry.text("locale")
    details, links = entry.inner("details"), entry.inner("links")
    url = f"{SITE}{path}"
    days = dict(_days(details))
    first, changed = _moment(entry, "first_published_at"), _moment(entry, "public_updated_at")
    first = first or _moment(details, "first_public_at") or changed
    if changed:
        days["updated"] = _london(changed)
    parent = _parent(links)
    said = _london(first) if first else None
    if schema == "speech":
        # what was said, was said on the day of the speech, whenever it was put on the site
        said = days.get("delivered") or said
    speaker = _speaker(details, links) if schema == "speech" else None
    state, note = _state(entry, details)
    texts = list(_texts(details, url))
    same = [f"govuk/content/{content_id}/{locale}"]
    if kind in ("written_statement", "oral_statement") and said:
        same.append(_statement_key(said, title))
    document = Document(
        id=page_id(path),
        source="govuk",
        kind=kind.replace("_", " "),
        title=title,
        url=url,
        published=said,
        passages=tuple(_passages(entry, texts, url, speaker)),
        departments=_departments(links),
        state=state,
        state_note=note,
        updated_at=entry.text("updated_at"),
        dates=tuple(sorted(days.items())),
        change_notes=tuple(_notes(details)),
        attachments=tuple(_attachments(details, links, texts)),
        related=tuple(same),
        part_of=page_id(parent) if parent and schema == "html_publication" else None,
        is_history=_is_history(details, links),
    )
    details.done(ignore=USELESS_DETAILS)
    entry.done(ignore=USELESS)
    return document


def _passages(entry: Reader, texts: Sequence[Text], url: str, speaker: PageSpeaker | None) -> Iterator[Passage]:
    """Yield the passages in order: description, then text by text, keyed by their place (`b12`)."""
    number = 0
    description = entry.maybe_text("description")
    if description:
        yield _passage("description", "block", html_text(description), url, None)
    for text in texts:
        for block in blocks(text.html):
            number += 1
            anchored = f"{text.url}#{block.anchor}" if block.anchor else text.url
            quoted = PageSpeaker(None, block.said_by, None, None) if block.said_by else None
            section = block.section or text.section
            yield _passage(f"b{number}", block.kind, block.text, anchored, section, quoted or speaker)


def _passage(
    key: str, kind: str, text: str, url: str, section: str | None, speaker: PageSpeaker | None = None
) -> Passage:
    return Passage(
        key=key,
        kind=kind,
        text=text,
        url=url,
        section=section,
        speaker=speaker.name if speaker else None,
        attribution=speaker.attribution if speaker else None,
        member=speaker.member if speaker else None,
        post=speaker.post if speaker else None,
    )


def _texts(details: Reader, url: str) -> Iterator[Text]:
    for name, section in TEXTS:
        if text := details.maybe_text(name):
            yield Text(text, url, section)
    for part in details.maybe_items("parts"):
        title, slug = part.text("title"), part.text("slug")
        yield Text(f"<h2>{escape(title)}</h2>{part.maybe_text('body') or ''}", f"{url}/{slug}", title)
        part.done()
    for group in details.maybe_items("collection_groups"):
        heading, text = group.maybe_text("title"), group.maybe_text("body") or ""
        yield Text(f"<h2>{escape(heading)}</h2>{text}" if heading else text, url, heading)
        group.done(ignore=frozenset(("documents",)))


def _days(details: Reader) -> Iterator[tuple[str, date]]:
    for name, key in DAYS:
        if moment := _moment(details, key):
            yield name, _london(moment)
    if (shown := details.maybe_text("display_date")) and (day := _display_day(shown)):
        yield "release", day


def _display_day(shown: str) -> date | None:
    """Return the day of `20 January 2016 9:30am`; None for a mere month, which is no day."""
    found = re.match(r"(\d{1,2} [A-Z][a-z]+ \d{4})\b", shown)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], "%d %B %Y").replace(tzinfo=LONDON).date()
    except ValueError:
        return None


def _moment(reader: Reader, key: str) -> datetime | None:
    """Take an instant, which upstream writes with `Z` or an offset; without either it is UTC."""
    text = reader.maybe_text(key)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise SourceChanged(reader.where, f"{key} is no instant: {text!r}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _london(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _state(entry: Reader, details: Reader) -> tuple[str, str | None]:
    notice, announced = entry.maybe_inner("withdrawn_notice"), details.maybe_text("state")
    why_cancelled = details.maybe_text("cancellation_reason")
    if announced == "cancelled":
        return "withdrawn", why_cancelled
    if notice is None or not notice.has("withdrawn_at"):
        return "current", None
    return "withdrawn", html_text(notice.maybe_text("explanation") or "") or None


def _departments(links: Reader) -> tuple[str, ...]:
    """Return the bodies that publish a page, the one that leads first, by their canonical names."""
    found: dict[str, None] = {}
    for name in ("lead_organisations", "primary_publishing_organisation", "organisations"):
        for each in links.maybe_items(name):
            if title := each.maybe_text("title"):
                found[canonical_name(title) or title] = None
    return tuple(found)


def _parent(links: Reader) -> str | None:
    return next((path for each in links.maybe_items("parent") if (path := each.maybe_text("base_path"))), None)


def _speaker(details: Reader, links: Reader) -> PageSpeaker | None:
    without_profile = details.maybe_text("speaker_without_profile")
    roles = [post for role in links.maybe_items("roles") if (post := role.maybe_text("title"))]
    for person in [*links.maybe_items("speaker"), *links.maybe_items("people")]:
        title, path = person.text("title"), person.maybe_text("base_path")
        slug = path.rsplit("/", 1)[1].split(".")[0] if path else None
        office = roles[0] if len(roles) == 1 else None
        return PageSpeaker(HONOURS.sub("", title).strip(), title, f"govuk/{slug}" if slug else None, office)
    return PageSpeaker(without_profile, without_profile, None, None) if without_profile else None


def _statement_key(said: date, title: str) -> str:
    """Return the key that a statement shares with its twin in `written_statements`: day and title, as that source."""
    return f"written_statements/{said}/{'-'.join(re.findall(r'[a-z0-9]+', title.lower()))}"


def _notes(details: Reader) -> list[ChangeNote]:
    """Return the change notes, oldest first: upstream gives them in either order."""
    notes = [
        (_moment(note, "public_timestamp"), note.maybe_text("note") or "")
        for note in details.maybe_items("change_history")
    ]
    notes += [
        (_moment(note, "published_at"), note.maybe_text("change_note") or "")
        for note in details.maybe_items("change_notes")
    ]
    dated = sorted((moment.astimezone(UTC), words) for moment, words in notes if moment and words)
    return [ChangeNote(at=moment.isoformat(), note=words) for moment, words in dated]


def _is_history(details: Reader, links: Reader) -> bool:
    """Tell whether a page is of a former government: GOV.UK's history mode."""
    political = details.maybe_yes("political")
    own, linked = details.maybe_inner("government"), links.maybe_items("government")
    current = own.maybe_yes("current") if own else None
    if current is None and linked:
        about = linked[0].maybe_inner("details")
        current = about.maybe_yes("current") if about else None
    return bool(political) and current is False


def _attachments(details: Reader, links: Reader, texts: Sequence[Text]) -> Iterator[Attachment]:
    """Yield the files and pages that belong to a page, each once: those it lists, and those its text shows."""
    found: dict[str, Attachment] = {}
    for entry in details.maybe_items("attachments"):
        attachment = _attachment(entry)
        found.setdefault(attachment.url, attachment)
    shown = [html for name in OLD_FILE_LISTS for html in details.maybe_texts(name)] + [text.html for text in texts]
    for html in shown:
        for title, url in files(html):
            found.setdefault(url, Attachment(title=title, url=url, media_type=_guessed(url)))
    for child in links.maybe_items("children"):
        if (path := child.maybe_text("base_path")) and child.maybe_text("schema_name") in (None, "html_publication"):
            url = absolute(path)
            found.setdefault(url, Attachment(title=child.maybe_text("title") or url, url=url, media_type="text/html"))
    yield from found.values()


def _attachment(entry: Reader) -> Attachment:
    url = absolute(entry.text("url"))
    is_page = entry.maybe_text("attachment_type") == "html"
    return Attachment(
        title=entry.maybe_text("title") or url.rsplit("/", 1)[1],
        url=url,
        media_type="text/html" if is_page else entry.maybe_text("content_type") or _guessed(url),
        size_bytes=entry.maybe_number("file_size"),
    )


def _guessed(url: str) -> str | None:
    return "application/pdf" if is_file(url) and url.lower().endswith(".pdf") else None
