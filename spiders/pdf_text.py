"""Text of PDF files, page by page: by pypdfium2, and where that fails by pypdf."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError

from processing.errors import KindNotCollected, SourceChanged
from spiders.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

START = b"%PDF-"
PLAIN = 0.7  # share of letters, digits and spaces below which a font had no usable character map
FEW = 12  # characters a page: less is a page number or a stamp, not the text of a scan
LONG = 400  # characters of a text in English or Welsh that holds none of COMMON: never seen
COMMON = re.compile(r"\b(?:the|and|of|to|in|yn|yr|ac)\b", re.IGNORECASE)
HYPHENS = ("-", "\ufffe", "\x02")  # how a word divided at a line's end comes out
SOFT_HYPHEN = "\u00ad"
MARK = re.compile("[\ufffe\x02]")
DIVIDED = re.compile(f"(?<=[a-z]){MARK.pattern}(?=[a-z])")
SHORT_LINE = 0.6  # of the longest line: a shorter one ends a paragraph, or is a heading
NEW_POINT = re.compile(r"(?:[•▪●o*\u2013-]|\d{1,3}(?:\.\d{1,3})*\.?|\([a-z]{1,4}\))\s")


def pages_of(body: bytes, url: str) -> list[str]:
    """Return the text of each page, empty for one without.

    Raises KindNotCollected where the file needs a password, has no text (a scan) or only garbled text: named gaps,
    since nobody can read these without other tools. Raises SourceChanged where it is no whole PDF.
    """
    if START not in body[:1024]:
        raise SourceChanged(url, "the file is no PDF")
    pages = [tidy(page) for page in _by_pdfium(body, url)]
    if not any(pages):
        pages = [tidy(page) for page in _by_pypdf(body, url)]
    _refuse_unreadable(pages, url)
    return pages


def tidy(page: str) -> str:
    """Return the text of a page with its sentences whole: line ends inside them become spaces."""
    lines = [plain(_whole_words(line)) for line in page.splitlines()]
    width = max(map(len, lines), default=0)
    text, previous = "", ""
    for line in filter(None, lines):
        if not text:
            text = line
        elif text.endswith(HYPHENS) and text[-2:-1].isalpha() and line[0].islower():
            text = text[:-1] + line
        elif _ends(previous, line, width):
            text += f"\n\n{line}"
        else:
            text += f" {line}"
        previous = line
    return text


def _whole_words(line: str) -> str:
    """Return a line whose divided words are put together again: PDFium joins some lines with the mark left in."""
    line = line.strip()
    if line.endswith(SOFT_HYPHEN):
        line = f"{line[:-1]}-"
    return MARK.sub("-", DIVIDED.sub("", line[:-1])) + line[-1:]


def _ends(line: str, following: str, width: int) -> bool:
    """Tell whether a paragraph ends with a line."""
    if NEW_POINT.match(following) or line.endswith((":", ";")):
        return True
    return len(line) < SHORT_LINE * width and (line.endswith((".", "!", "?")) or not following[0].islower())


def _by_pdfium(body: bytes, url: str) -> list[str]:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise KindNotCollected(url, "PDF that needs a password") from error
        return []
    try:
        return [_page_text(document, number) for number in range(len(document))]
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    words: str = text.get_text_range()
    text.close()
    page.close()
    return words


def _by_pypdf(body: bytes, url: str) -> list[str]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(body))
        if reader.is_encrypted:
            raise KindNotCollected(url, "PDF that needs a password")
        return [page.extract_text() for page in reader.pages]
    # pypdf was seen to stumble in these ways over broken files, besides its own errors
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise SourceChanged(url, f"the PDF can't be read: {error}") from error


def _refuse_unreadable(pages: Sequence[str], url: str) -> None:
    words = "".join(pages)
    if len(words) < FEW * len(pages):
        raise KindNotCollected(url, "PDF without text (a scan?)")
    plain = sum(character.isalnum() or character.isspace() for character in words)
    is_latin = sum(character.isascii() for character in words) > PLAIN * len(words)
    if plain < PLAIN * len(words) or (is_latin and len(words) > LONG and not COMMON.search(words)):
        raise KindNotCollected(url, "PDF whose text is garbled")
