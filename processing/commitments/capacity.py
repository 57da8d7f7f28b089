"""In which capacity somebody spoke on a day: for the Government or not, for which department, and why we say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from processing.language.departments import department_of_post, is_department
from processing.sources import WhoseWord, source_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from processing.records import Document, Passage, Post

# Words of a printed office that say that its holder speaks for the Government. "Shadow" offices do not.
OFFICE = re.compile(
    r"^(?!.*\bshadow\b)(?!.*\bspokes(?:person|man|woman) \((?:liberal|lib dem|conservative|labour))"
    r".*\b(?:prime minister|secretary of state|home secretary|minister|under-secretary|solicitor general"
    r"|attorney general|advocate general|chancellor of|lord chancellor|leader of the house|leader of the house of lords"
    r"|lord president|lord privy seal|paymaster general|lords? in waiting|baroness in waiting|baronesses in waiting"
    r"|financial secretary|economic secretary|exchequer secretary|chief secretary|captain of the|treasurer of his"
    r"|treasurer of her|comptroller|vice-chamberlain|government whip|lords spokesperson)\b",
    re.IGNORECASE,
)
STATEMENT_OPENING = re.compile(
    r"^With (?:the leave of the House|(?:your )?permission)\b.{0,60}\bstatement\b", re.DOTALL
)
# the heading under which another body's paper prints what the Government answered
RESPONSE_HEADING = re.compile(
    r"\b(?:government(?:['’]s)?|department(?:['’]s)?|(?:home|foreign) office) (?:initial |further )?response\b"
    r"|\bresponse (?:from|of|by) (?:the |his majesty['’]s )?(?:government|department|home office)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """For whom a passage speaks: `is_government` None where it can't be told. `reason` is shown to people."""

    is_government: bool | None
    post: str | None
    department: str | None
    reason: str


def is_office(post: str | None) -> bool:
    """Tell whether a printed post is one of the Government's."""
    return bool(post and OFFICE.match(post))


def post_on(posts: Sequence[Post], day: date) -> Post | None:
    """Return the government post held on a day: the one that began last, where several were held together."""
    held = [post for post in posts if post.start <= day and (post.end is None or day <= post.end)]
    return max(held, key=lambda post: (post.start, post.title), default=None)


def printed_posts(document: Document) -> dict[str, str]:
    """Return the office that the document prints for each speaker: later turns of a debate print the name alone."""
    found: dict[str, str] = {}
    for passage in document.passages:
        for who in (passage.member, passage.speaker):
            if who and is_office(passage.post):
                found.setdefault(who, str(passage.post))
    return found


def statement_makers(document: Document) -> frozenset[str]:
    """Return who makes an oral statement in the debate: only a minister may, whatever the source prints."""
    return frozenset(
        who
        for passage in document.passages
        if passage.section == "statement" or STATEMENT_OPENING.match(passage.text)
        for who in (passage.member, passage.speaker)
        if who
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Speakers:
    """What a document as a whole tells of its speakers: the offices printed, and who makes an oral statement."""

    printed: Mapping[str, str]
    makers: frozenset[str]


def speakers_of(document: Document) -> Speakers:
    """Return what a document tells of its speakers: once for all its passages."""
    return Speakers(printed=printed_posts(document), makers=statement_makers(document))


def capacity(
    document: Document,
    passage: Passage,
    day: date | None,
    posts: Mapping[str, Sequence[Post]],
    speakers: Speakers | None = None,
) -> Capacity:
    """Say for whom a passage speaks.

    `posts` are the government posts of each member, by the member's id. `speakers` saves reading the whole document
    again for each of its passages.
    """
    department = document.departments[0] if document.departments else None
    voice = source_of(document.source).voice_of(document.kind)
    if voice is WhoseWord.SPEAKER:
        return _spoken(document, passage, day, posts, speakers or speakers_of(document))
    if voice is WhoseWord.ANSWERER:
        return _written(passage, department)
    if passage.attribution and not passage.speaker and not is_office(passage.attribution):
        return _not_government(None, f"quoted on the page: {passage.attribution}")
    return _published(voice, passage, department)


def _written(passage: Passage, department: str | None) -> Capacity:
    if passage.kind in ("answer", "statement"):
        return Capacity(
            is_government=True,
            post=passage.post,
            department=department,
            reason=f"written answer or statement of {department or 'the Government'}",
        )
    return Capacity(is_government=False, post=None, department=None, reason="a question is not the Government's word")


def _published(voice: WhoseWord, passage: Passage, department: str | None) -> Capacity:
    """Say whose word a published text is: a department's own, a response by the Government, or another body's."""
    ours = department if department and is_department(department) else None
    if voice is WhoseWord.RESPONSE or (voice is WhoseWord.REPRINT and RESPONSE_HEADING.search(passage.section or "")):
        reason = f"response of {ours or 'the Government'}"
        return Capacity(is_government=True, post=passage.post, department=ours, reason=reason)
    if voice in (WhoseWord.PUBLISHER, WhoseWord.SUBMITTER) and ours:
        verb = "published" if voice is WhoseWord.PUBLISHER else "submitted"
        return Capacity(is_government=True, post=passage.post, department=department, reason=f"{verb} by {department}")
    return _not_government(None, f"published by {department or 'another body'}")


def _spoken(
    document: Document, passage: Passage, day: date | None, posts: Mapping[str, Sequence[Post]], speakers: Speakers
) -> Capacity:
    if passage.kind != "speech" or not (passage.speaker or passage.member):
        return _not_government(None, "no speaker is named")
    printed = speakers.printed
    shown = passage.post if is_office(passage.post) else None
    shown = shown or printed.get(passage.member or "") or printed.get(passage.speaker or "")
    held = post_on(posts.get(passage.member or "", ()), day) if day else None
    if shown:
        where = department_of_post(shown) or (held.department if held else None) or _asked_department(document)
        return Capacity(is_government=True, post=shown, department=where, reason=f"Hansard prints the office: {shown}")
    if held:
        where = held.department or department_of_post(held.title)
        return Capacity(
            is_government=True, post=held.title, department=where, reason=f"held office that day: {held.title}"
        )
    if passage.post:
        return _not_government(passage.post, f"no government office: {passage.post}")
    makers = speakers.makers
    if passage.member in makers or passage.speaker in makers:
        reason = "made the oral statement"
    elif passage.section == "answer":
        reason = "answered an oral question"
    else:
        return _not_government(None, "no government office is known for that day")
    return Capacity(is_government=True, post=None, department=_asked_department(document), reason=reason)


def _not_government(post: str | None, reason: str) -> Capacity:
    return Capacity(is_government=False, post=post, department=None, reason=reason)


def _asked_department(document: Document) -> str | None:
    return document.departments[0] if document.departments else None
