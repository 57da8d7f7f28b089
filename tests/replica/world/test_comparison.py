"""The comparison with the truth can fail: wrong, missing and joined sayings are counted as such."""

from __future__ import annotations

from datetime import date

import pytest

from replica.world import World, load_world
from tests.replica.world.comparison import Found, Pairing, b_cubed, documents_of, field_errors, pair, wrong_joins
from tests.replica.world.mails import mails, monday
from tests.replica.world.truth import Saying, texts_of

PLACE = "sitting 2025-09-08-commons i2"
DOCUMENT = "hansard/0a5d1c20-1001-4a00-9a01-0908c0000002"
KINSHIP = "We will publish guidance on safeguarding children in kinship care"


@pytest.fixture(scope="module")
def world() -> World:
    """Return the sample world."""
    return load_world()


def saying(quote: str, commitment: str = "T1", **fields: object) -> Saying:
    return Saying(place=PLACE, quote=quote, said=date(2025, 9, 8), commitment=commitment, fields=fields)


def found(key: str, quote: str, commitment: str = "FT-1", document: str = DOCUMENT, **fields: object) -> Found:
    return Found(id=key, document=document, quote=quote, fields={"commitment": commitment, **fields})


@pytest.mark.parametrize(
    ("quotes", "others", "pairs"),
    [
        ([KINSHIP], [KINSHIP], [(0, "s0")]),
        ([KINSHIP], ["guidance on safeguarding children in kinship care"], [(0, "s0")]),
        ([KINSHIP], ["We will start pilots of the identifier"], []),
        # one saying is never two of the register, and the nearer one is taken
        ([KINSHIP], [KINSHIP[:40], KINSHIP], [(0, "s1")]),
        (
            [f"{KINSHIP} by May", f"{KINSHIP} by June"],
            [f"{KINSHIP} by June", f"{KINSHIP} by May"],
            [(0, "s1"), (1, "s0")],
        ),
    ],
)
def test_sayings_are_paired_one_to_one_by_the_longest_words_they_share(
    world: World, quotes: list[str], others: list[str], pairs: list[tuple[int, str]]
) -> None:
    truth = [saying(quote) for quote in quotes]
    pairing = pair(world, truth, [found(f"s{number}", quote) for number, quote in enumerate(others)])
    assert [(truth.index(one), each.id) for one, each in pairing.pairs] == pairs
    assert len(pairing.missed) == len(quotes) - len(pairs)
    assert len(pairing.extra) == len(others) - len(pairs)


def test_the_same_words_in_another_document_are_no_match(world: World) -> None:
    pairing = pair(world, [saying(KINSHIP)], [found("s0", KINSHIP, document="hansard/other")])
    assert (pairing.pairs, len(pairing.missed), len(pairing.extra)) == ((), 1, 1)


def test_fields_that_differ_are_named_with_both_values() -> None:
    pairs = ((saying("a", owner="Ofcom"), found("s0", "a", owner="Home Office")),)
    assert field_errors(Pairing(pairs=pairs, missed=(), extra=()), "owner") == [("a", "Ofcom", "Home Office")]


@pytest.mark.parametrize(
    ("labels", "homes", "figures", "errors"),
    [
        ("AABB", "1122", (1.0, 1.0), 0),
        ("AABB", "1111", (0.5, 1.0), 1),
        ("AABB", "1234", (1.0, 0.5), 2),
        ("AAAB", "1122", (0.75, 2 / 3), 2),
    ],
)
def test_joins_are_measured_by_b_cubed(labels: str, homes: str, figures: tuple[float, float], errors: int) -> None:
    pairs = tuple(
        (saying(f"q{n}", commitment=label), found(f"s{n}", f"q{n}", commitment=home))
        for n, (label, home) in enumerate(zip(labels, homes, strict=True))
    )
    pairing = Pairing(pairs=pairs, missed=(), extra=())
    assert b_cubed(pairing) == pytest.approx(figures)
    assert len(wrong_joins(pairing)) == errors


@pytest.mark.parametrize(
    "place", ["sitting 2025-09-08-commons nobody", "question 1", "statement HCWS1", "publication nothing", "a letter"]
)
def test_a_place_that_is_not_there_is_an_error(world: World, place: str) -> None:
    with pytest.raises(ValueError, match="no"):
        texts_of(world, place)


def test_a_page_of_a_file_stands_for_all_files_that_took_its_place(world: World) -> None:
    names = sorted(document.rsplit("/", 1)[1] for document in documents_of(world, "publication action-plan page 1"))
    assert names == ["action-plan-for-policing-v2.pdf", "action-plan-for-policing.pdf"]


@pytest.mark.parametrize(
    ("day", "noticed"), [("2025-09-08", "2025-09-08"), ("2025-09-09", "2025-09-15"), ("2025-09-14", "2025-09-15")]
)
def test_what_happens_is_noticed_on_the_monday_that_follows(day: str, noticed: str) -> None:
    assert monday(date.fromisoformat(day)) == date.fromisoformat(noticed)


def test_a_reader_of_nothing_gets_no_mail(world: World) -> None:
    assert mails(world, [{"kind": "topic", "value": "no-such-topic"}]) == []
    assert mails(world, [{"kind": "change", "value": "brought forward"}]) == [
        {"on": "2025-11-10", "commitments": ["T07"]}
    ]
