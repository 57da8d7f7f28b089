"""A small writer of PDF files: pages of plain text, or pages that hold only a picture, as a scanner makes them."""

from __future__ import annotations

import textwrap
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN, LEADING, SIZE = 595, 842, 56, 14, 11  # A4 in points
CHARACTERS = 88  # a line
PIXELS = 64  # the width and height of a scanned page


def text_pdf(pages: Sequence[str], title: str = "") -> bytes:
    """Return a PDF with a page for each text; paragraphs are separated by an empty line."""
    return _file([_stream(_lines(page)) for page in pages], title, "/Font << /F1 3 0 R >>", _FONT)


def scanned_pdf(pages: int, title: str = "") -> bytes:
    """Return a PDF of pages without text: each is one grey picture."""
    grey = zlib.compress(bytes(200 + (x * y) % 40 for y in range(PIXELS) for x in range(PIXELS)))
    picture = (
        (
            f"<< /Type /XObject /Subtype /Image /Width {PIXELS} /Height {PIXELS} /ColorSpace /DeviceGray"
            f" /BitsPerComponent 8 /Filter /FlateDecode /Length {len(grey)} >>\nstream\n"
        ).encode()
        + grey
        + b"\nendstream"
    )
    drawing = _stream(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q".encode())
    return _file([drawing] * pages, title, "/XObject << /Im1 3 0 R >>", picture)


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def _lines(page: str) -> bytes:
    wrapped = [line for part in page.split("\n") for line in (textwrap.wrap(part, CHARACTERS) or [""])]
    shown = " ".join(f"({_escaped(line)}) Tj T*" for line in wrapped)
    start = HEIGHT - MARGIN
    return f"BT /F1 {SIZE} Tf {LEADING} TL {MARGIN} {start} Td {shown} ET".encode("cp1252", "replace")


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _stream(content: bytes) -> bytes:
    return f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(contents: Sequence[bytes], title: str, resources: str, shared: bytes) -> bytes:
    """Lay out the objects: 1 catalogue, 2 pages, 3 font or picture, 4 title, then page and content by turns."""
    numbers = range(5, 5 + 2 * len(contents), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        shared,
        f"<< /Title ({_escaped(title)}) >>".encode("cp1252", "replace"),
    ]
    for number, content in zip(numbers, contents, strict=True):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << {resources} >>"
        objects += [f"{page} /Contents {number + 1} 0 R >>".encode(), content]
    return _joined(objects)


def _joined(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()
