"""Turns a digest or a letter into the two forms of a mail: HTML with its styles inlined, and plain text."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from showing import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.pages.digests import Entry
    from db.register.health import Health
    from digest.compose import Digest

TEMPLATES = Path(__file__).parent / "templates"
WIDTH = 76  # characters of a line of plain text
COUNTS = 4  # how many counts a subject line holds
LONGEST_GAP = 160  # characters that say what is missing
ADDRESS = re.compile(r"https?://[^\s:]*[^\s:/]")
BLANK_LINES = re.compile(r"\n{4,}")
COLOURS = {
    "due date passed": "late",
    "slipped": "late",
    "softened": "moved",
    "source withdrawn": "moved",
    "source edited": "moved",
    "deadline recomputed": "moved",
    "brought forward": "done",
    "hardened": "done",
    "evidence": "done",
    "reviewed": "done",
    "said": "new",
    "restated": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A mail's subject and its two forms."""

    subject: str
    html: str
    text: str

    def addressed(self, links: Mapping[str, str]) -> Body:
        """Return the mail with its place holders replaced by one reader's own links."""
        html, text = self.html, self.text
        for holder, link in links.items():
            html, text = html.replace(holder, link), text.replace(holder, link)
        return Body(subject=self.subject, html=html, text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all mails of one run share: the site's address, whether the world is invented, and the health lines.

    `names` are those of the kinds of event.
    """

    site: str
    is_sample: bool
    health: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReader:
    """What a mail says of its reader's own subscription; `manage` is empty on a page for everybody."""

    frequency: str = "weekly"
    wishes: tuple[str, ...] = ()
    manage: str = ""
    unsubscribe: str = ""


def render_digest(digest: Digest, frame: Frame, reader: MailReader, *, since: str, until: str, rest_link: str) -> Body:
    """Render a digest of what was noticed between two instants."""
    subject = ", ".join(digest.counts[:COUNTS]) or ("older events found" if digest.older else "nothing new")
    context = {
        "digest": digest,
        "headline": digest.title[0].upper() + digest.title[1:],
        "span": f"What was noticed from {wording.day(since)} to {wording.day(until)}",
        "health": frame.health,
        "names": frame.names,
        "colours": COLOURS,
        "rest_link": rest_link,
        "frequency": f"every {PERIODS[reader.frequency]}",
        "wishes": reader.wishes,
        "manage": reader.manage,
        "unsubscribe": reader.unsubscribe,
    }
    return _both("digest", f"Followthrough: {subject}", frame, context)


PERIODS = {"daily": "day", "weekly": "week", "monthly": "month"}


def render_letter(
    subject: str,
    frame: Frame,
    *,
    paragraphs: tuple[str, ...],
    why: str,
    link: str = "",
    link_words: str = "",
    after: tuple[str, ...] = (),
) -> Body:
    """Render a letter of a few paragraphs with one link to follow; `why` says why it was sent."""
    context = {
        "headline": subject,
        "paragraphs": paragraphs,
        "link": link,
        "link_words": link_words,
        "after": after,
        "why": why,
    }
    return _both("letter", f"Followthrough: {subject[0].lower() + subject[1:]}", frame, context)


def health_lines(health: Health) -> tuple[str, ...]:
    """Say to which day each source is collected or when it was last asked, and what is missing."""
    collected: dict[str, list[str]] = {}
    asked: dict[str, list[str]] = {}
    for one in health.sources:
        if one.collected_to:
            collected.setdefault(one.collected_to, []).append(one.name)
        elif at := one.last_asked or one.last_good:
            asked.setdefault(at[:10], []).append(one.name)
    lines = []
    if collected:
        parts = (f"{', '.join(names)} to {wording.day(on)}" for on, names in sorted(collected.items()))
        lines.append(f"Collected: {'; '.join(parts)}.")
    lines += [f"Last asked on {wording.day(on)}: {', '.join(names)}." for on, names in sorted(asked.items())]
    lines = lines or ["Nothing has been collected yet."]
    lines.append(_oldest_gap(health))
    if health.refusals:
        lines.append(f"{wording.plural(health.refusals, 'answer')} could not be read.")
    return tuple(lines)


def _oldest_gap(health: Health) -> str:
    gap = health.oldest_gap
    if gap is None:
        return "No gaps."
    source = next((one.name for one in health.sources if one.id == gap.source), gap.source)
    # of an address the last part says most, and does not fill the line
    what = wording.day(gap.day) or ADDRESS.sub(lambda found: found[0].rpartition("/")[2], gap.note or gap.scope)
    where = ", ".join(part for part in (source, gap.house, what) if part)
    if len(where) > LONGEST_GAP:
        where = f"{where[:LONGEST_GAP]}…"
    return f"{wording.plural(health.gaps, 'gap')}, the oldest: {where}."


def said_by(entry: Entry) -> str:
    """Say who said the words of an entry, when and where."""
    who = ", ".join(part for part in (entry.speaker, entry.post) if part) or entry.owner
    return ", ".join(part for part in (who, wording.day(entry.said_on), entry.source) if part)


@lru_cache(maxsize=20_000)
def wrap(text: str, indent: str = "") -> str:
    """Break a text into lines of at most WIDTH characters; an address is never broken."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        day=wording.day,
        plural=wording.plural,
        said_by=said_by,
        wrap=wrap,
        upper_first=lambda text: text[:1].upper() + text[1:],
    )
    return environment


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False)


def _both(template: str, subject: str, frame: Frame, context: Mapping[str, Any]) -> Body:
    subject = f"[Sample world] {subject}" if frame.is_sample else subject
    whole = {**context, "subject": subject, "site": frame.site, "is_sample": frame.is_sample}
    html = _inliner().inline(_environment().get_template(f"{template}.html").render(whole))
    text = _environment().get_template(f"{template}.txt").render(whole)
    return Body(subject=subject, html=html, text=BLANK_LINES.sub("\n\n\n", text).strip() + "\n")
