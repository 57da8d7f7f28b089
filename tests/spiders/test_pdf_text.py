"""Text of a page of a PDF: words that a line's end divided are whole again."""

from __future__ import annotations

import pytest

from spiders.pdf_text import tidy

PAGES = {
    "a hyphen at a line's end": ("an inde-\npendent review", "an independent review"),
    "a soft hyphen at a line's end": ("an inde\u00ad\npendent review", "an independent review"),
    "PDFium's mark at a line's end": ("an inde\ufffe\npendent review", "an independent review"),
    "PDFium's mark with the word joined on": ("an inde\ufffependent review", "an independent review"),
    "a hyphen that belongs": ("a long-term plan", "a long-term plan"),
    "PDFium's mark before a capital": ("the Anglo\ufffeWelsh plan", "the Anglo-Welsh plan"),
    "a soft hyphen inside a line": ("safe\u00adGuarding", "safeGuarding"),
    "the older mark before a capital": ("the Anglo\x02Welsh plan", "the Anglo-Welsh plan"),
    "characters that nobody sees": ("safe\u200bguarding", "safeguarding"),
}


@pytest.mark.parametrize(("page", "text"), PAGES.values(), ids=PAGES)
def test_the_text_of_a_page(page: str, text: str) -> None:
    assert tidy(page) == text
