"""The Atom feed of the digest's issues (RFC 4287)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from digest.render import said_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.pages.digests import Issue

ATOM = "http://www.w3.org/2005/Atom"


def feed(issues: Sequence[Issue], site: str, *, is_sample: bool) -> bytes:
    """Return the feed of issues, the newest first; `site` is the address without a slash at its end."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    title = "Followthrough: the weekly digest"
    _add(root, "title", f"[Sample world, all invented] {title}" if is_sample else title)
    _add(root, "id", f"{site}/digests")
    _add(root, "updated", _instant(issues[0].until) if issues else "1970-01-01T00:00:00Z")
    _add(root, "link", None, rel="alternate", href=f"{site}/digests", type="text/html")
    _add(root, "link", None, rel="self", href=f"{site}/digests.atom", type="application/atom+xml")
    author = _add(root, "author", None)
    _add(author, "name", "Followthrough")
    for issue in issues:
        entry = _add(root, "entry", None)
        _add(entry, "title", f"{issue.id}: {issue.title}")
        _add(entry, "id", f"{site}/digest/{issue.id}")
        _add(entry, "updated", _instant(issue.until))
        _add(entry, "link", None, rel="alternate", href=f"{site}/digest/{issue.id}", type="text/html")
        _add(entry, "summary", summary(issue))
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def summary(issue: Issue) -> str:
    """Say in plain text what an issue tells."""
    lines = [
        f"{entry.happenings[0].summary}: {entry.promise} ({entry.commitment}, {said_by(entry)})"
        for entry in issue.entries
    ]
    return "\n".join(lines) or "Nothing new."


def _add(parent: ET.Element, name: str, text: str | None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text
    return child


def _instant(text: str) -> str:
    return f"{text[:19]}Z"
