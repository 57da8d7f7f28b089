"""Files that belong to a page of GOV.UK: the text of a PDF, and what holds words that nobody here can read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from processing.records import Document, Passage
from processing.sources import ONE_FILE
from spiders.pdf_text import pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PDF = "application/pdf"
READ = (PDF, "text/html")
# texts written to be read, as against tables, pictures and archives
WRITTEN = (".doc", ".docx", ".docm", ".odt", ".rtf", ".txt", ".ppt", ".pptx", ".odp")
# kinds whose files hold figures or forms, not what government undertakes to do
FILES_LEFT_OUT = frozenset((
    "transparency data", "transparency", "foi release", "form", "official statistics", "national statistics",
    "statistics", "statistical data set", "map", "decision",
))  # fmt: skip


def file_of(body: bytes, url: str) -> Document:
    """Return a PDF as a document, a passage a page. Raises as `pages_of`."""
    passages = [
        Passage(key=f"p{number}", kind="block", text=text, page=number, url=f"{url}#page={number}")
        for number, text in enumerate(pages_of(body, url), start=1)
        if text
    ]
    return Document(
        id=file_id(url),
        source="govuk",
        kind=ONE_FILE,
        title=unquote(urlsplit(url).path.rsplit("/", 1)[1]),
        url=url,
        published=None,
        passages=tuple(passages),
    )


def file_id(url: str) -> str:
    """Return the id of a file: the last two parts of its path, which change when the file is replaced."""
    return f"govuk/asset/{'/'.join(urlsplit(url).path.split('/')[-2:])}"


def unread(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (address, why in words) of each text of a page that nobody here can read, where no PDF or page has it."""
    if document.kind in FILES_LEFT_OUT or any(attachment.media_type in READ for attachment in document.attachments):
        return
    for attachment in document.attachments:
        path = urlsplit(attachment.url).path.lower()
        if path.endswith(WRITTEN):
            kind = path.rsplit(".", 1)[1]
            yield attachment.url, f"{attachment.url}: left out: a {kind} file can't be read, and no other has its text"
