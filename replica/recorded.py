"""A folder of recorded upstream answers, served as the hosts gave them.

Question lists were recorded without their details, so the address of one question or statement answers with its
recorded row in the envelope of a detail: its texts stay cut off at 255 characters. The trees of sitting days were not
recorded either: one is made for each day of the recorded debates, so that a sweep finds them. All else is as recorded.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from processing.errors import BadInput
from replica.shelf import DaySection, Json, Shelf, ShelfPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GONE = 410
PLACES = {"Westminster Hall": "WestHall", "Grand Committee": "GrandCommittee"}


@dataclass(frozen=True, slots=True)
class RecordedStock:
    """Fills the shelf from a folder; the day makes no difference."""

    folder: Path

    def shelf(self, as_of: date) -> Shelf:  # noqa: ARG002 -- recordings have no other day
        """Return what was recorded. Raises BadInput where the folder holds no recorded answers or a broken one."""
        if not self.folder.is_dir():
            raise BadInput(f"{self.folder}: no such folder of recorded answers.")
        debates = self._debates()
        pages = self._pages()
        questions, statements = self._values("written-questions"), self._values("written-statements")
        if not (debates or pages or questions):
            raise BadInput(f"{self.folder}: holds no recorded answers (hansard-api/, govuk-content-api/, ...).")
        days = self._days(debates)
        members = self._members()
        return Shelf(
            sections=_sections(debates),
            debates=debates,
            divisions=self._divisions(),
            sitting=days,
            shown=days,
            questions=questions,
            statements=statements,
            members=members,
            committees=[value for _, value in self._bodies("committees-api/committee_*.json")],
            publications=[
                row for _, page in self._bodies("committees-api/publications_*.json") for row in page["items"]
            ],
            pages=pages,
            are_rows_cut=False,
        )

    def _bodies(self, pattern: str) -> Iterator[tuple[Path, Any]]:
        for file in sorted(self.folder.glob(pattern)):
            try:
                yield file, json.loads(file.read_bytes())
            except ValueError as error:
                raise BadInput(f"{file}: not JSON: {error}.") from error

    def _debates(self) -> dict[str, Json]:
        """Return the recorded debates, and those inside them, by external id in lower case."""
        found: dict[str, Json] = {}
        for _, body in self._bodies("hansard-api/debate_*.json"):
            for debate in [body, *body["ChildDebates"]]:
                found[debate["Overview"]["ExtId"].lower()] = debate
        return found

    def _divisions(self) -> dict[str, list[Json]]:
        found: dict[str, list[Json]] = defaultdict(list)
        for _, body in self._bodies("hansard-api/divisions_*.json"):
            for division in body:
                found[division["DebateSectionExtId"].lower()].append(division)
        return dict(found)

    def _days(self, debates: dict[str, Json]) -> dict[str, list[date]]:
        days: dict[str, set[date]] = {"Commons": set(), "Lords": set()}
        for _, body in self._bodies("hansard-api/calendar_*.json"):
            for row in body:
                days[row["House"]].add(date.fromisoformat(row["ItemDate"][:10]))
        for debate in debates.values():
            days[debate["Overview"]["House"]].add(date.fromisoformat(debate["Overview"]["Date"][:10]))
        return {house: sorted(found) for house, found in days.items()}

    def _values(self, folder: str) -> list[Json]:
        """Return the recorded questions or statements, each once: a recorded detail rather than a list's row."""
        found: dict[int, Json] = {}
        details: dict[int, Json] = {}
        for _, body in self._bodies(f"{folder}/*.json"):
            if "value" in body:
                details[body["value"]["id"]] = body["value"]
            for row in body.get("results") or []:
                found.setdefault(row["value"]["id"], row["value"])
        return [{**found, **details}[number] for number in sorted({**found, **details})]

    def _members(self) -> list[Json]:
        found: dict[int, Json] = {}
        for _, body in self._bodies("members-api/*.json"):
            for entry in body.get("items") or [body]:
                found[entry["value"]["id"]] = entry["value"]
        return [found[number] for number in sorted(found)]

    def _pages(self) -> dict[str, ShelfPage]:
        """Return the recorded GOV.UK items by base path; two items of one path are told apart by their file's name."""
        pages: dict[str, ShelfPage] = {}
        for file, body in self._bodies("govuk-content-api/*/*.json"):
            if file.parent.name.startswith("_"):
                continue
            path = body["base_path"]
            if path in pages:
                path = f"{path}--{file.stem}"
            status = GONE if body["schema_name"] == "gone" else 200
            pages[path] = ShelfPage(content={**body, "base_path": path}, status=status)
        return pages


def _sections(debates: dict[str, Json]) -> list[DaySection]:
    """Return a tree for each day and place of the debates: what their breadcrumbs tell of it."""
    days: dict[tuple[str, str, str], dict[int, Json]] = defaultdict(dict)
    volumes: dict[tuple[str, str, str], int] = {}
    for debate in debates.values():
        overview = debate["Overview"]
        key = (overview["House"], overview["Date"][:10], overview["Location"])
        volumes[key] = overview["VolumeNo"]
        days[key].update({node["Id"]: node for node in debate["Navigator"]})
    return [
        DaySection(
            house=house,
            day=date.fromisoformat(day),
            name=PLACES.get(place, "Debate"),
            place=place,
            volume=volumes[house, day, place],
            last_updated=f"{day}T23:00:00",
            tree=[nodes[number] for number in sorted(nodes)],
        )
        for (house, day, place), nodes in days.items()
    ]
