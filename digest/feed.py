"""The Atom feed of the digest's issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.render import said_by
from showing.atom import FeedEntry, atom
from showing.wording import marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.pages.digests import Issue

NO_ISSUE_YET = "1970-01-01T00:00:00Z"


def feed(issues: Sequence[Issue], site: str, *, is_sample: bool) -> str:
    """Return the feed of issues, the newest first; `site` is the address without a slash at its end."""
    return atom(
        title=marked("Followthrough: the weekly digest", is_sample=is_sample),
        address=f"{site}/digests.atom",
        page=f"{site}/digests",
        updated=NO_ISSUE_YET,
        entries=[
            FeedEntry(
                id=f"digest:{issue.id}",
                title=f"{issue.id}: {issue.title}",
                updated=f"{issue.until[:19]}Z",
                link=f"{site}/digest/{issue.id}",
                text=summary(issue),
            )
            for issue in issues
        ],
    )


def summary(issue: Issue) -> str:
    """Say in plain text what an issue tells."""
    lines = [
        f"{entry.happenings[0].summary}: {entry.promise} ({entry.commitment}, {said_by(entry)})"
        for entry in issue.entries
    ]
    return "\n".join(lines) or "Nothing new."
