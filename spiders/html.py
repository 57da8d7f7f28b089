"""Plain text of an HTML fragment: paragraphs apart, lists kept, entities resolved."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from spiders.plain import is_note_mark, plain

# fmt: off
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))
# fmt: on
DROPPED = frozenset(("script", "style", "template", "noscript", "head"))


def parse(fragment: str) -> BeautifulSoup:
    """Parse an HTML fragment or page; it never fails."""
    return BeautifulSoup(fragment, "lxml")


def html_text(fragment: str) -> str:
    r"""Return the text of an HTML fragment. Blocks stand apart by an empty line; points of a list begin with `- `.

    >>> html_text("<p>One&nbsp;two</p><ul><li>three</li><li>four</li></ul>")
    'One two\n\n- three\n- four'
    """
    return tag_text(parse(fragment))


def tag_text(tag: Tag) -> str:
    """Return the text of a parsed element, as `html_text` does."""
    lines = _Lines()
    lines.walk(tag)
    lines.flush()
    text = ""
    was_point = False
    for is_point, line in lines.found:
        if text:
            text += "\n" if is_point and was_point else "\n\n"
        text += line
        was_point = is_point
    return text


class _Lines:
    """Gathers the lines of an element: a line ends where a block begins or ends, and at a `br`."""

    def __init__(self) -> None:
        self.found: list[tuple[bool, str]] = []
        self.words: list[str] = []
        self.point = ""

    def flush(self) -> None:
        line = plain("".join(self.words))
        self.words = []
        if line:
            self.found.append((bool(self.point), self.point + line))
            self.point = ""

    def walk(self, tag: Tag) -> None:
        number = 0
        for child in tag.children:
            if isinstance(child, PreformattedString):
                continue  # comments and the like
            if isinstance(child, NavigableString):
                self.words.append(str(child))
            elif isinstance(child, Tag) and child.name not in DROPPED:
                number += child.name == "li"
                self._step(child, f"{number}. " if tag.name == "ol" else "- ")

    def _step(self, tag: Tag, point: str) -> None:
        if tag.name == "br":
            self.flush()
        elif tag.name in BLOCKS:
            self.flush()
            if tag.name == "li":
                self.point = point
            self.walk(tag)
            self.flush()
        elif tag.name == "sup" and is_note_mark(tag.get_text(), "".join(self.words[-1:])):
            pass  # it stands at the foot of the page, not in the sentence
        else:
            # cells of a row stand on one line
            gap = " " if tag.name in ("td", "th") else ""
            self.words.append(gap)
            self.walk(tag)
            self.words.append(gap)
