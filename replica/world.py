"""The sample world: its files (see `world/README.md`) as records, and each thing as it stood on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from processing.errors import BadInput, SourceChanged
from processing.strict_json import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOLDER = Path(__file__).parent / "world"
ITEM_KINDS = ("column", "time", "procedure", "division")


class PlainLoader(yaml.SafeLoader):
    """YAML as its authors read it: `on`, `no` and dates are words, only `true` and `false` are not."""


PlainLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldPost:
    """A government post of a member; `end` None: still held."""

    title: str
    department: str | None
    start: date
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldPerson:
    """A member; `constituency` is None in the Lords."""

    id: int
    name: str
    list_as: str
    house: str
    party: str
    constituency: str | None
    posts: tuple[WorldPost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldItem:
    """One item of a section. `kind`: speech, continues, column, time, procedure, division; `text` says it."""

    kind: str
    id: str | None
    text: str
    by: int | None = None
    attribution: str | None = None
    ayes: int = 0
    noes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldSection:
    """One debate of a sitting; `edits` are (first day shown, item, new text)."""

    ext_id: str
    title: str
    tag: str
    department: str | None
    time: str | None
    items: tuple[WorldItem, ...]
    edits: tuple[tuple[date, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldSitting:
    """One sitting of a House or place; `shown` is the first day on which Hansard has it."""

    file: str
    house: str
    day: date
    place: str
    shown: date
    volume: int
    first_column: int
    sections: tuple[WorldSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A thing with a life: what never changes, and what it was from each day on, in order of time."""

    file: str
    fixed: Mapping[str, Any]
    states: tuple[Mapping[str, Any], ...]

    def until(self, as_of: date) -> list[Mapping[str, Any]]:
        """Return the states that a day has seen, the last of them the present one."""
        return [state for state in self.states if date.fromisoformat(state["from"]) <= as_of]

    def at(self, as_of: date) -> dict[str, Any] | None:
        """Return all fields as they stand on a day; None where the thing does not exist yet."""
        seen = self.until(as_of)
        if not seen:
            return None
        return {**self.fixed, **{name: value for state in seen for name, value in state.items()}}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The whole world, on all its days."""

    people: tuple[WorldPerson, ...]
    sittings: tuple[WorldSitting, ...]
    questions: tuple[Lived, ...]
    statements: tuple[Mapping[str, Any], ...]
    publications: tuple[Lived, ...]
    committees: tuple[Mapping[str, Any], ...]
    sitting_days: Mapping[str, tuple[date, ...]]
    recesses: tuple[Mapping[str, Any], ...]
    answering_bodies: Mapping[int, str]

    @property
    def last_day(self) -> date:
        """The last day on which anything happens."""
        days = [
            *(sitting.shown for sitting in self.sittings),
            *(date.fromisoformat(s["from"]) for lived in (*self.questions, *self.publications) for s in lived.states),
            *(date.fromisoformat(entry["from"]) for entry in (*self.statements, *self.committees)),
        ]
        return max(days, default=date.max)


def load_world(folder: Path = FOLDER) -> World:
    """Read the files of a world. Raises BadInput with file and place where one is not as `README.md` says."""
    if not folder.is_dir():
        raise BadInput(f"{folder}: no such folder of a sample world.")
    try:
        sittings = tuple(_sitting(file) for file in sorted(folder.glob("sittings/*.yml")))
        days, recesses, bodies = _calendar(folder / "calendar.yml", sittings)
        return World(
            people=tuple(_person(Reader(entry, where)) for entry, where in _entries(folder / "people.yml")),
            sittings=sittings,
            questions=tuple(_lived(entry, where) for entry, where in _all(folder, "questions/*.yml")),
            statements=tuple(_dated(entry, where) for entry, where in _entries(folder / "statements.yml")),
            publications=tuple(_lived(entry, where) for entry, where in _all(folder, "publications/*.yml")),
            committees=tuple(_dated(entry, where) for entry, where in _entries(folder / "committees.yml")),
            sitting_days=days,
            recesses=recesses,
            answering_bodies=bodies,
        )
    except SourceChanged as error:
        raise BadInput(f"{error.where}: {error.what}.") from error


def load_yaml(file: Path) -> Any:
    """Read a YAML file in which dates stay text. Raises BadInput where it can't be read."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506 -- a SafeLoader of ours
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput(f"{file}: not YAML in UTF-8: {' '.join(str(error).split())}") from error


def _entries(file: Path) -> Iterator[tuple[Any, str]]:
    """Yield the entries of a file, which is a list or one entry; a file that is not there has none."""
    content = load_yaml(file) if file.exists() else None
    for number, entry in enumerate([content] if isinstance(content, dict) else content or [], start=1):
        yield entry, f"{file}, entry {number}"


def _all(folder: Path, pattern: str) -> Iterator[tuple[Any, str]]:
    for file in sorted(folder.glob(pattern)):
        yield from _entries(file)


def _lived(entry: Any, where: str) -> Lived:
    whole = Reader(entry, where)
    states = tuple(entry.get("states") or ())
    whole.items("states")
    for number, state in enumerate(states):
        Reader(state, f"{where}.states[{number}]").day("from")
    ordered = tuple(sorted(states, key=lambda state: str(state["from"])))
    fixed = {name: value for name, value in entry.items() if name != "states"}
    return Lived(file=Path(where.split(", entry", maxsplit=1)[0]).stem, fixed=fixed, states=ordered)


def _dated(entry: Any, where: str) -> Mapping[str, Any]:
    Reader(entry, where).day("from")
    found: Mapping[str, Any] = entry
    return found


def _person(entry: Reader) -> WorldPerson:
    return WorldPerson(
        id=entry.number("id"),
        name=entry.text("name"),
        list_as=entry.text("list_as"),
        house=entry.text("house"),
        party=entry.text("party"),
        constituency=entry.maybe_text("constituency"),
        posts=tuple(
            WorldPost(
                title=post.text("title"),
                department=post.maybe_text("department"),
                start=post.day("start"),
                end=post.maybe_day("end"),
            )
            for post in entry.maybe_items("posts")
        ),
    )


def _sitting(file: Path) -> WorldSitting:
    entry = Reader(load_yaml(file), str(file))
    day = entry.day("date")
    return WorldSitting(
        file=file.stem,
        house=entry.text("house"),
        day=day,
        place=entry.text("place"),
        shown=entry.day("from"),
        volume=entry.number("volume"),
        first_column=entry.number("first_column"),
        sections=tuple(_section(section) for section in entry.items("sections")),
    )


def _section(entry: Reader) -> WorldSection:
    return WorldSection(
        ext_id=entry.text("ext_id"),
        title=entry.text("title"),
        tag=entry.text("tag"),
        department=entry.maybe_text("department"),
        time=entry.maybe_text("time"),
        items=tuple(_item(item) for item in entry.items("items")),
        edits=tuple((e.day("from"), e.text("item"), e.text("text")) for e in entry.maybe_items("edits")),
    )


def _item(entry: Reader) -> WorldItem:
    kind = next((kind for kind in ITEM_KINDS if entry.has(kind)), None)
    if kind is None:
        kind = "continues" if entry.maybe_yes("continues") else "speech"
        return WorldItem(
            kind=kind,
            id=entry.text("id"),
            text=entry.text("text"),
            by=entry.maybe_number("by"),
            attribution=entry.maybe_text("as"),
        )
    told = str(entry.number(kind)) if kind in ("column", "division") else entry.text(kind)
    ayes, noes = entry.maybe_number("ayes") or 0, entry.maybe_number("noes") or 0
    return WorldItem(kind=kind, id=entry.maybe_text("id"), text=told, ayes=ayes, noes=noes)


def _calendar(
    file: Path, sittings: Sequence[WorldSitting]
) -> tuple[Mapping[str, tuple[date, ...]], tuple[Mapping[str, Any], ...], Mapping[int, str]]:
    """Return sitting days by House (those of the calendar, and each on which there is a sitting), recesses, bodies."""
    content = Reader(load_yaml(file) if file.exists() else {}, str(file))
    days: dict[str, set[date]] = {"Commons": set(), "Lords": set()}
    listed = content.maybe_inner("sitting_days")
    for house, found in days.items():
        found.update(_day(text, file) for text in (listed.maybe_texts(house) if listed else []))
        found.update(sitting.day for sitting in sittings if sitting.house == house)
    recesses = tuple(
        {"house": r.text("house"), "name": r.text("name"), "start": r.day("start"), "end": r.day("end")}
        for r in content.maybe_items("recesses")
    )
    bodies = {body.number("id"): body.text("name") for body in content.maybe_items("answering_bodies")}
    return {house: tuple(sorted(found)) for house, found in days.items()}, recesses, bodies


def _day(text: str, file: Path) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{file}: {text!r} is no date (YYYY-MM-DD).") from error
