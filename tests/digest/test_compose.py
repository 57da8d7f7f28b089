"""What a digest holds, in which order and under which heading."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.pages.news import noticed
from db.private.subscribers import Subscription
from digest.compose import LONGEST, compose, counted
from digest.matching import TopicNames, reasons
from processing.commitments.event_kinds import IMPORTANCE
from tests.digest.small import BEFORE, NOTICED

if TYPE_CHECKING:
    from db.pages.news import News
    from digest.compose import Digest
    from tests.digest.small import SmallRegister

TODAY = date(2025, 9, 8)
EVERYTHING = (Subscription("everything"),)
NAMES = TopicNames(
    topics={"casey": "The Casey audit", "support": "Therapeutic support"},
    sets={"iicsa-2022": "The Inquiry's final report"},
    kinds={"slipped": "Slipped"},
    found={"owner=Ofcom": frozenset({"FT-1003"})},
)


def news(small: SmallRegister) -> list[News]:
    return noticed(small.database.conn, BEFORE, "2025-09-08T06:00:00.000000Z")


def outline(digest: Digest) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(group.topic, [(entry.commitment, entry.kind) for entry in group.entries]) for group in digest.groups]


def test_entries_stand_by_what_happened_and_groups_by_their_most_important_entry(small: SmallRegister) -> None:
    kinds = ("said", "restated", "evidence", "brought forward", "softened", "slipped", "due date passed")
    for kind in kinds:
        small.event(small.commitment(f"we will do what is {kind}"), kind)
    small.event(small.commitment("we will fund the service", topics=("support",)), "slipped", on="2025-09-03")
    assert outline(compose(news(small), EVERYTHING, NAMES, TODAY)) == [
        (
            "The Casey audit",
            [
                ("FT-1007", "due date passed"),
                ("FT-1006", "slipped"),
                ("FT-1005", "softened"),
                ("FT-1003", "evidence"),
                ("FT-1004", "brought forward"),
                ("FT-1001", "said"),
                ("FT-1002", "restated"),
            ],
        ),
        ("Therapeutic support", [("FT-1008", "slipped")]),
    ]


def test_a_commitment_has_one_entry_however_much_happened_and_however_many_wishes_match(small: SmallRegister) -> None:
    key = small.commitment("we will publish the plan", topics=("casey", "support"), recommendations=("iicsa-2022/13",))
    for kind, day in (("said", "2025-09-02"), ("restated", "2025-09-03"), ("slipped", "2025-09-04")):
        small.event(key, kind, on=day, summary=kind)
    wishes = (
        Subscription("topic", "casey"),
        Subscription("topic", "support"),
        Subscription("recommendation set", "iicsa-2022"),
        Subscription("department", "Home Office"),
        Subscription("change", "slipped"),
    )
    digest = compose(news(small), wishes, NAMES, TODAY)
    (entry,) = digest.groups[0].entries
    assert (entry.kind, [one.summary for one in entry.happenings], entry.matched) == (
        "slipped",
        ["slipped", "said", "restated"],
        (
            "topic: The Casey audit",
            "topic: Therapeutic support",
            "recommendations: The Inquiry's final report",
            "department: Home Office",
            "change: slipped",
        ),
    )
    assert digest.title == "1 slipped"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Subscription("everything"), ["FT-1001", "FT-1002", "FT-1003"]),
        (Subscription("topic", "support"), ["FT-1002"]),
        (Subscription("topic", "unknown"), []),
        (Subscription("department", "Ofcom"), ["FT-1003"]),
        (Subscription("department", "ofcom"), []),
        (Subscription("recommendation set", "iicsa-2022"), ["FT-1001"]),
        (Subscription("recommendation set", "iicsa"), []),
        (Subscription("change", "slipped"), ["FT-1002"]),
        (Subscription("change", "said"), ["FT-1001", "FT-1003"]),
        (Subscription("search", "owner=Ofcom"), ["FT-1003"]),
        (Subscription("search", "owner=DfE"), []),
    ],
)
def test_a_wish_finds_its_commitments_and_no_others(
    small: SmallRegister, wish: Subscription, expected: list[str]
) -> None:
    small.event(small.commitment("we will publish", recommendations=("iicsa-2022/13",)))
    small.event(small.commitment("we will fund", topics=("support",)), "slipped")
    small.event(small.commitment("Ofcom will report", owner="Ofcom"))
    found = [one.commitment for one in news(small) if reasons(one, (wish,), NAMES)]
    assert sorted(found) == expected


def test_a_long_digest_is_cut_by_importance_and_counts_the_rest(small: SmallRegister) -> None:
    for number in range(LONGEST):
        small.event(small.commitment(f"we will do thing {number}"), on="2025-09-05")
    for number in range(3):
        small.event(small.commitment(f"we will mend thing {number}"), "slipped", on="2025-09-01")
    digest = compose(news(small), EVERYTHING, NAMES, TODAY)
    kinds = [entry.kind for group in digest.groups for entry in group.entries]
    assert kinds == ["slipped"] * 3 + ["said"] * (LONGEST - 3)
    assert digest.rest == ("3 new",)
    assert len(digest.events) == LONGEST + 3
    assert digest.title == f"3 slipped, {LONGEST} new"


def test_what_was_said_long_ago_is_counted_and_not_told_as_news(small: SmallRegister) -> None:
    small.event(small.commitment("we will legislate", said="2019-01-01"), on="2019-01-01")
    small.event(small.commitment("we will regulate"), "due date passed", on="2025-01-01")
    digest = compose(news(small), EVERYTHING, NAMES, TODAY)
    assert (outline(digest), digest.older, len(digest.events)) == (
        [("The Casey audit", [("FT-1002", "due date passed")])],
        1,
        2,
    )


def test_what_a_person_was_told_before_is_left_out(small: SmallRegister) -> None:
    first = small.event(small.commitment("we will publish"))
    small.event(small.commitment("we will consult"))
    digest = compose(news(small), EVERYTHING, NAMES, TODAY, told={first})
    assert outline(digest) == [("The Casey audit", [("FT-1002", "said")])]


def test_the_span_excludes_its_start_and_includes_its_end(small: SmallRegister) -> None:
    key = small.commitment("we will publish")
    at_start = small.event(key, noticed=BEFORE)
    inside = small.event(key, noticed=NOTICED)
    at_end = small.event(key, noticed="2025-09-08T06:00:00.000000Z")
    small.event(key, noticed="2025-09-08T06:00:00.000001Z")
    assert [one.id for one in news(small)] == [inside, at_end]
    assert at_start not in {one.id for one in news(small)}


def test_rejected_and_joined_commitments_are_not_told(small: SmallRegister) -> None:
    small.event(small.commitment("we will always stand up for victims", status="rejected"))
    kept = small.commitment("we will publish")
    joined = small.commitment("we shall publish")
    small.event(joined)
    small.database.table("commitments").update(joined, {"joined_into": kept})
    assert news(small) == []


def test_nothing_to_tell_is_said_so() -> None:
    digest = compose([], EVERYTHING, NAMES, TODAY)
    assert (digest.is_empty, digest.title, digest.events) == (True, "nothing new", ())


@given(st.lists(st.sampled_from(IMPORTANCE), max_size=60))
def test_counts_add_up_to_the_entries_whatever_happened(kinds: list[str]) -> None:
    def entry(kind: str) -> object:
        return type("E", (), {"kind": kind})()

    words = counted([entry(kind) for kind in kinds])  # type: ignore[misc] # only the kind is looked at
    assert sum(int(word.split()[0]) for word in words) == len(kinds)
