"""How long a rebuild takes, and how large the database grows: `python bench/rebuild.py`. Target: 60 s on two cores.

It rebuilds the register of a data folder (default: none) and of 100,000 generated passages of debates on the subject.
The generated words are invented; they mix promises, recaps and talk in the proportions of a busy sitting.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from db.archive.archive import FILE, Archive
from db.register.documents import FILE as REGISTER
from processing.records import Answer
from runs.process import process

PASSAGES = 100_000
IN_A_DEBATE = 50
THINGS = (
    "the violence against women and girls strategy", "the Child Protection Authority", "mandatory reporting",
    "a redress scheme for survivors", "Keeping Children Safe in Education", "taxi licensing standards",
    "the unique identifier", "child houses", "guidance on kinship care", "the core data set on child sexual abuse",
)  # fmt: skip
PROMISES = (
    "We will publish {thing} by {month} {year}.", "We will consult on {thing} in {month} {year}.",
    "We intend to bring forward {thing} in due course.", "The Home Office will invest £{sum} million in {thing}.",
)  # fmt: skip
TALK = (
    "The whole House will have heard what was said about child sexual abuse in {place}.",
    "Survivors in {place} have waited years, and I pay tribute to those who speak for them.",
    "The inspection of services in {place} found that meetings were held but records were poor.",
    "My hon. Friend has pressed the matter since her election.",
)
MONTHS = ("March", "June", "September", "December")


def speech(rng: random.Random) -> str:
    """Return one invented contribution: mostly talk, one in five with a promise."""
    said = [rng.choice(TALK) for _ in range(rng.randint(2, 5))]
    if rng.random() < 1 / 5:
        said.insert(rng.randrange(len(said)), rng.choice(PROMISES))
    return " ".join(said).format(
        thing=rng.choice(THINGS),
        month=rng.choice(MONTHS),
        year=rng.randint(2026, 2029),
        sum=rng.randint(1, 90),
        place=f"area {rng.randrange(500)}",
    )


def item(number: int, rng: random.Random) -> dict[str, object]:
    """Return one item of a debate as the Hansard API answers it; one speaker in three is a minister."""
    member = number % 3
    title = "The Secretary of State for the Home Department" if member == 0 else f"Member {member} (Area) (Ind)"
    return {
        "ItemType": "Contribution",
        "ItemId": number,
        "MemberId": 9001 + member,
        "AttributedTo": f"{title} (Jo Example)" if member == 0 else title,
        "Value": speech(rng),
        "OrderInSection": number % IN_A_DEBATE + 1,
        "Timecode": None,
        "ExternalId": f"{number:08X}-0000-4000-8000-0000000000C1",
        "HRSTag": "hs_Para",
        "HansardSection": None,
        "UIN": None,
        "IsReiteration": False,
    }


def debate(number: int, rng: random.Random) -> Answer:
    """Return one debate of invented contributions, as the archive would hold it."""
    day = date(2024, 9, 2) + timedelta(days=number // 8)
    key = f"{number:08X}-0000-4000-8000-0000000000A1"
    title = f"Child Sexual Abuse: Debate {number}"
    overview = {
        **dict.fromkeys(
            ("VolumeNo", "NextDebateExtId", "NextDebateTitle", "PreviousDebateExtId", "PreviousDebateTitle")
        ),
        "Id": number,
        "ExtId": key,
        "Title": title,
        "HRSTag": "NewDebate",
        "Date": f"{day}T00:00:00",
        "Location": "Commons Chamber",
        "House": "Commons",
        "Source": 2,
        "ContentLastUpdated": f"{day}T23:00:00",
        "DebateTypeId": 1,
        "SectionType": 1,
    }
    items = [item(number * IN_A_DEBATE + turn, rng) for turn in range(IN_A_DEBATE)]
    body = {"Overview": overview, "Navigator": [], "Items": items, "ChildDebates": []}
    return Answer(
        source="hansard",
        url=f"https://hansard-api.parliament.uk/debates/debate/{key}.json",
        fetched_at=datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1, seconds=number),
        status=200,
        body=json.dumps(body).encode(),
    )


def generate(folder: Path, passages: int) -> None:
    """Fill a folder's archive with invented debates of so many passages together."""
    rng = random.Random(0)  # noqa: S311 -- the same words at every run
    archive = Archive(folder)
    for number in range(passages // IN_A_DEBATE):
        archive.keep(debate(number, rng))
    archive.close()


def rebuild(folder: Path, name: str) -> None:
    """Rebuild a folder's register and print the figures."""
    start, before = time.perf_counter(), os.times()
    done = process(folder, date(2026, 1, 5), everything=True)
    seconds, after = time.perf_counter() - start, os.times()
    # on a busy machine the processor's seconds tell more than the clock's
    worked = sum(after[:4]) - sum(before[:4])
    size = (folder / REGISTER).stat().st_size / 1e6
    with sqlite3.connect(folder / REGISTER) as connection:
        documents, passages = connection.execute(
            "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"
        ).fetchone()
    connection.close()
    derived = done.derived
    print(
        f"{name}: {passages:,} passages of {documents:,} documents, {derived.statements:,} statements in"
        f" {derived.commitments:,} commitments: {seconds:.1f} s, {worked:.1f} s of processor; register {size:.1f} MB,"
        f" {size / documents * 1000:.1f} MB per 1,000 documents"
    )


def main() -> None:
    """Rebuild what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="also rebuild (a copy of) this data folder, such as data/sample")
    parser.add_argument("--passages", type=int, default=PASSAGES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if asked.data:
            shutil.copy(asked.data / FILE, place)
            rebuild(Path(place), str(asked.data))
    with tempfile.TemporaryDirectory() as place:
        generate(Path(place), asked.passages)
        rebuild(Path(place), "generated")


if __name__ == "__main__":
    main()
