"""Text of HTML: what a reader of the page sees, in its order, with blocks apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.html import html_text

SEEN = {
    "paragraphs": ("<p>One&nbsp;two</p><p> </p><p>three</p>", "One two\n\nthree"),
    "words across tags": ("<p>in<b>ter</b>est</p>", "interest"),
    "a break": ("<p>One<br>two</p>", "One\n\ntwo"),
    "list": ("<p>Both:</p><ul><li>one</li><li><p>two</p></li></ul><p>End</p>", "Both:\n\n- one\n- two\n\nEnd"),
    "numbered list": ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
    "list in a list": ("<ul><li>one<ul><li>in one</li></ul></li><li>two</li></ul>", "- one\n- in one\n- two"),
    "table": ("<table><tr><th>Year</th><td>2024</td></tr><tr><td>a</td><td>b</td></tr></table>", "Year 2024\n\na b"),
    "script, style and comments": ("<p>a<!-- b --></p><script>c</script><style>d</style>", "a"),
    "entities": ("&pound;4 &amp; more", "£4 & more"),
    "characters that nobody sees": ("<p>safe\u00adguard\u200bing\ufeff by\v2027</p>", "safeguarding by 2027"),
    "the mark of a note": ("<p>by 2027<sup>3</sup>, we will<sup>[12]</sup></p>", "by 2027, we will"),
    "the mark of a note after a number": ("<p>recommendation 10<sup>4</sup> is met</p>", "recommendation 10 is met"),
    "what is raised and no note": ("<p>the 24<sup>th</sup>: 5 km<sup>2</sup></p>", "the 24th: 5 km2"),
    "plain text": ("  no tags\nat all ", "no tags at all"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("fragment", "text"), SEEN.values(), ids=SEEN)
def test_the_text_of_a_fragment(fragment: str, text: str) -> None:
    assert html_text(fragment) == text


@given(st.text())
def test_it_never_fails_and_is_tidy(fragment: str) -> None:
    text = html_text(fragment)
    assert text == text.strip()
    assert "\n\n\n" not in text
