"""TheyWorkForYou's scraped XML: the bulk archive of both Houses, imported from files and never fetched.

Format: mysociety/parlparse, `scrapedxml/{debates,westminhall,lordspages,wms,lordswms,wrans,lordswrans,standing}/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from processing.errors import KindNotCollected, SourceChanged
from processing.language.departments import canonical_name, department_of_post
from processing.records import Document, Passage
from spiders.base import Range, SourceSpider
from spiders.scraped_xml import parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spiders.scraped_xml import Element

NAMES = "https://www.theyworkforyou.com/pwdata/scrapedxml"  # names only: its robots.txt bars crawlers
SITE = "https://www.theyworkforyou.com"
FILE = re.compile(
    r"(?P<series>debates|westminster|daylord|ministerial|lordswms|answers|lordswrans|standing)"
    r"(?P<rest>[0-9A-Za-z_.-]*?)(?P<day>\d{4}-\d\d-\d\d)(?P<version>[a-z]*)\.xml$"
)
# what a mirror holds beside both Houses: devolved parliaments, London, registers of interests, lists of divisions
OTHER_SERIES = re.compile(r"(?:ni|sp|spwa|spwrans|senedd|lmqs|regmem|divisions?)-?\d{4}-\d\d-\d\d[a-z.-]*\.xml$")
FOLDERS = {
    "debates": "debates", "westminster": "westminhall", "daylord": "lordspages", "ministerial": "wms",
    "lordswms": "lordswms", "answers": "wrans", "lordswrans": "lordswrans", "standing": "standing",
}  # fmt: skip
KINDS = {
    "westminster": "Westminster Hall debate", "ministerial": "written statement", "lordswms": "written statement",
    "answers": "written answer", "lordswrans": "written answer", "standing": "Public Bill Committee",
}  # fmt: skip
PAGES = {"debate": "debates", "westminhall": "whall", "lords": "lords", "wms": "wms", "wrans": "wrans"}
GID = re.compile(r"uk\.org\.publicwhip/(?P<type>[a-z]+)/(?P<own>\S+)$")
VERSION = re.compile(r"(\d{4}-\d\d-\d\d)[a-z](?=\.)")  # the letter of a file's version: its place in an id
TIME = re.compile(r"(\d{1,3}):(\d\d)(?::(\d\d))?$")
CHAIR = re.compile(r"^\[[^\]]*\]\s*[\u2014\u2013-]?\s*|\s*[\u2014\u2013-]?\s*\[[^\]]* in the Chair\]$")
HEADINGS = ("oral-heading", "major-heading", "minor-heading")
SPOKEN = {"speech": "speech", "ques": "question", "reply": "answer"}
# what says nothing of its own: redirects of ids, who sits on a committee, which bill
PASSED_OVER = frozenset(("gidredirect", "bill", "committee"))
TURNS = {"Start Answer": "answer", "Start Statement": "statement"}


def read(body: bytes, url: str) -> Iterator[Document]:
    """Yield a document for each debate, statement or question of a file.

    Raises KindNotCollected for a file that a later one took the place of, SourceChanged for one that is broken, in
    another encoding than it says, or of an unknown form.
    """
    found = FILE.search(url)
    if found is None:
        raise SourceChanged(url, "no name of a file of scraped XML that we know")
    root = parse(body, url)
    if root.tag != "publicwhip":
        raise SourceChanged(url, f"the root is {root.tag}, not publicwhip")
    if root.get("latest") == "no":
        raise KindNotCollected(url, "superseded file (latest=no)")
    series, day = found["series"], date.fromisoformat(found["day"])
    house = "Lords" if series in ("daylord", "lordswms", "lordswrans") else "Commons"
    for part in _parts(root, url):
        yield _document(part, series, house, day, url)


def name_of(file: str) -> str | None:
    """Return the name under which the archive keeps a file; None where it is no file of scraped XML."""
    found = FILE.match(file)
    return f"{NAMES}/{FOLDERS[found['series']]}/{file}" if found else None


def is_other_series(file: str) -> bool:
    """Tell whether a file is of a series of the same archive that is left out on purpose."""
    return OTHER_SERIES.match(file) is not None


@dataclass(slots=True, kw_only=True)
class SectionPart:
    """What stands under one heading: the heading above it, its elements in order, the time last printed for each."""

    heading: Element
    title: str
    above: str | None
    elements: list[Element] = field(default_factory=list)
    times: list[str | None] = field(default_factory=list)


def _parts(root: Element, url: str) -> Iterator[SectionPart]:
    """Yield the parts of a file that hold anything. Raises SourceChanged for an element that nobody knows."""
    part: SectionPart | None = None
    major: str | None = None
    time: str | None = None
    for element in root:
        tag = element.tag
        if not isinstance(tag, str) or tag in PASSED_OVER:
            continue
        # newer files print a time where it changes, older ones with every speech
        time = _time(element.get("time")) or time
        if tag in HEADINGS:
            if part and part.elements:
                yield part
            title = _heading(element)
            above = None if tag != "minor-heading" else major
            major = title if tag != "minor-heading" else major
            part = SectionPart(heading=element, title=title, above=above)
        elif tag in SPOKEN or tag == "division":
            if part is None:
                # a file that begins without a heading: its first speech stands for it
                part = SectionPart(heading=element, title="Proceedings", above=None)
            part.elements.append(element)
            part.times.append(time)
        else:
            raise SourceChanged(f"{url} line {element.sourceline}", f"element {tag} is not known")
    if part and part.elements:
        yield part


def _heading(element: Element) -> str:
    text = " ".join(text_of(element).split())
    return CHAIR.sub("", text).strip() or text or "Proceedings"


def _document(part: SectionPart, series: str, house: str, day: date, url: str) -> Document:
    kind = KINDS.get(series) or _kind(part)
    passages = [
        passage
        for element, time in zip(part.elements, part.times, strict=True)
        if (passage := _passage(element, part, series, time, url))
    ]
    title = part.title
    related = (_statement_key(day, title),) if kind == "written statement" else ()
    held = [day for element in part.elements for day in _holding_days(element)]
    return Document(
        id=f"twfy/{_key(part.heading, url)}",
        source="twfy",
        kind=kind,
        title=title,
        url=_link(part.heading, url),
        published=day,
        passages=tuple(passages),
        house=house,
        departments=_departments(part, kind),
        dates=tuple(("holding", day) for day in held[:1]),
        related=related,
    )


def _kind(part: SectionPart) -> str:
    """Return what a debate is, by the turns of its speeches: files of before 2015 mark only oral questions."""
    turns = {element.get("type") for element in part.elements}
    if "Start Statement" in turns:
        return "oral statement"
    if "Start Question" in turns or any(element.get("oral-qnum") for element in part.elements):
        return "oral question"
    return "debate"


def _departments(part: SectionPart, kind: str) -> tuple[str, ...]:
    """Return the department that a heading names: of oral questions, written answers and written statements."""
    if kind not in ("oral question", "written answer", "written statement") or not part.above:
        return ()
    named = part.above
    names = (named, f"Department for {named}", f"Department of {named}", f"Ministry of {named}")
    known = next((name for name in map(canonical_name, names) if name), None)
    known = known or department_of_post(f"Secretary of State for {named}")
    return (known or named.title(),) if kind != "oral question" or known else ()


def _passage(element: Element, part: SectionPart, series: str, time: str | None, url: str) -> Passage | None:
    text = "\n\n".join(_paragraphs(element))
    if element.tag == "division":
        count = element.find("divisioncount")
        told = {} if count is None else dict(count.attrib)
        text = f"Ayes {told.get('ayes', '?')}, Noes {told.get('noes', '?')}."
    if not text:
        return None
    kind = _passage_kind(element, series)
    name = element.get("speakername")
    return Passage(
        key=_key(element, url),
        kind=kind,
        text=text,
        speaker=name,
        attribution=", ".join(filter(None, [name, element.get("speakeroffice")])) or None,
        member=_member(element),
        post=element.get("speakeroffice"),
        column=element.get("colnum"),
        timecode=time,
        url=_link(element, url),
        section=TURNS.get(element.get("type") or "") or part.above,
    )


def _passage_kind(element: Element, series: str) -> str:
    if element.tag == "division":
        return "division"
    if element.get("speakername") is None:
        return "procedure"
    if series in ("ministerial", "lordswms"):
        return "statement"
    return SPOKEN[str(element.tag)]


def _paragraphs(element: Element) -> Iterator[str]:
    """Yield the paragraphs of a speech; the note that an answer was held is no part of the answer."""
    if element.tag == "division":
        return
    for child in element:
        if isinstance(child.tag, str) and child.get("class") != "holdinganswer" and (text := text_of(child)):
            yield text


def _holding_days(element: Element) -> Iterator[date]:
    for note in element.iterfind("p[@class='holdinganswer']"):
        for phrase in note.iterfind(".//phrase[@class='date']"):
            if re.fullmatch(r"\d{4}-\d\d-\d\d", phrase.get("code") or ""):
                yield date.fromisoformat(str(phrase.get("code")))


def _member(element: Element) -> str | None:
    """Return the speaker's id: `publicwhip/25292` for a person; old files number seats (`publicwhip/member/1669`)."""
    told = element.get("person_id") or element.get("speakerid") or ""
    found = GID.match(told)
    if found is None:
        return None
    return f"publicwhip/{found['own']}" if found["type"] == "person" else f"publicwhip/{found['type']}/{found['own']}"


def _key(element: Element, url: str) -> str:
    """Return the id of an element without the letter of its file's version, so that a later file gives the same."""
    found = GID.match(element.get("id") or "")
    if found is None:
        raise SourceChanged(f"{url} line {element.sourceline}", f"id is {element.get('id')!r}")
    own = VERSION.sub(r"\1", found["own"])
    return f"{found['type']}/{own}"


def _link(element: Element, url: str) -> str:
    """Return the permalink; bill committees have no address by id there, so the one that they print is given."""
    found = GID.match(element.get("id") or "")
    if found and found["type"] in PAGES:
        return f"{SITE}/{PAGES[found['type']]}/?id={found['own']}"
    return element.get("url") or url


def _time(told: str | None) -> str | None:
    """Return HH:MM:SS of `12:46:00`, `010:30:00` or `9:00`; None where none is told."""
    found = TIME.match(told or "")
    return f"{int(found[1]):02}:{found[2]}:{found[3] or '00'}" if found else None


def _statement_key(made: date, title: str) -> str:
    """Return the key that a statement shares with its twin in `written_statements`: day and title, as that source."""
    return f"written_statements/{made}/{'-'.join(re.findall(r'[a-z0-9]+', title.lower()))}"


class Twfy(SourceSpider):
    """Says what the source is; its files come by `followthrough import twfy`, never over the network."""

    name = "twfy"
    title = "TheyWorkForYou (bulk archive)"
    licence = "Open Parliament Licence v3.0"
    attribution = (
        "Contains Parliamentary information licensed under the Open Parliament Licence v3.0,"
        " as collected by mySociety's TheyWorkForYou."
    )
    home = "https://www.theyworkforyou.com"
    expects = Range(lowest=0, highest=1_000_000)
    is_crawled = False
    read = staticmethod(read)
