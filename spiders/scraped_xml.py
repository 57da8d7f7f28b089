"""Parses XML of strangers safely, and gives the text of its elements: no network, no outside or nested entities."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped] # it comes without types

from processing.errors import SourceChanged
from spiders.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = Any  # an element of lxml, which has no public name for its class
ENTITY = re.compile(rb"<!ENTITY\s+(%\s+)?(\S+)\s+(SYSTEM|PUBLIC|\"[^\"]*\"|'[^']*')")
PLAIN_VALUE = re.compile(rb"[\"'](?:[^&%\"']|&#x?[0-9a-fA-F]+;)*[\"']$")
OUTSIDE = re.compile(rb"<!DOCTYPE\s+\S+\s+(?:SYSTEM|PUBLIC)\b")
DECLARED = re.compile(rb"<\?xml[^>]*\bencoding=[\"']([A-Za-z0-9._-]+)[\"']")
# quotation marks of Windows-1252 were copied into the files by number, where Unicode has control characters
WINDOWS = {number: bytes([number]).decode("cp1252", "replace") for number in range(0x80, 0xA0)}


def parse(body: bytes, where: str) -> Element:
    """Return the root of an XML body, in the encoding that it declares.

    Raises SourceChanged, naming the line, where it is empty, cut off or not well formed, in another encoding than it
    says, or where it declares entities that are more than a character or a word.
    """
    if not body.strip():
        raise SourceChanged(where, "the file is empty")
    _refuse_entities(body, where)
    _refuse_wrong_encoding(body, where)
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise SourceChanged(where, f"not well-formed XML: {error.msg}") from error


def _refuse_entities(body: bytes, where: str) -> None:
    head = body[: body.find(b"]>") + 1] if b"]>" in body else body[:20_000]
    if OUTSIDE.search(head):
        raise SourceChanged(where, "the document type lies outside the file")
    for parameter, name, value in ENTITY.findall(head):
        if parameter or value in (b"SYSTEM", b"PUBLIC") or not PLAIN_VALUE.match(value):
            raise SourceChanged(where, f"entity {name.decode('latin-1')} is more than a character")


def _refuse_wrong_encoding(body: bytes, where: str) -> None:
    """Refuse text that says it is Latin and is UTF-8: it would be read, and every pound sign would be two letters."""
    declared = DECLARED.search(body[:200])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in ("utf-8", "utf8") or body.isascii():
        return
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return
    raise SourceChanged(where, f"the file says that it is in {name}, and is in UTF-8")


def text_of(element: Element) -> str:
    """Return the text of an element: white space made even, rows of tables on lines of their own."""
    if element.tag == "table":
        return "\n".join(row for row in map(_row, element.iter("tr")) if row)
    return _even("".join(_words(element)))


def _even(words: str) -> str:
    return plain(words.translate(WINDOWS))


def _row(row: Element) -> str:
    cells = [_even("".join(_words(cell))) for cell in row.iterchildren("td", "th")]
    return " | ".join(cell for cell in cells if cell)


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield " " if child.tag == "br" else ""
            yield from _words(child)
        yield child.tail or ""
