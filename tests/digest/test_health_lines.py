"""What each mail says of how complete the register is."""

from __future__ import annotations

from datetime import date

import pytest

from db.register.health import Gap, Health, SourceHealth
from digest.render import health_lines

NAMES = {"govuk": "GOV.UK", "hansard": "Hansard", "members": "Members and ministers", "questions": "Written questions"}


def source(name: str, *, to: str | None = None, asked: str | None = None) -> SourceHealth:
    return SourceHealth(
        id=name,
        name=NAMES[name],
        collected_to=to,
        gaps=0,
        last_asked=asked,
        last_good=None,
        last_run=None,
        last_outcome=None,
        note=None,
    )


def health(*sources: SourceHealth, gap: Gap | None = None, refusals: int = 0) -> Health:
    gaps = 0 if gap is None else 1
    return Health(today=date(2025, 12, 8), sources=sources, oldest_gap=gap, gaps=gaps, refusals=refusals)


def missing(name: str, *, scope: str, house: str | None = None, day: str | None = None, note: str | None = None) -> Gap:
    return Gap(source=name, house=house, day=day, scope=scope, state="failed", note=note)


def test_sources_stand_together_by_the_day_to_which_they_are_in() -> None:
    asked = "2025-12-08T05:00:00.000000Z"
    sources = (
        source("govuk", asked=asked),
        source("hansard", to="2025-12-04"),
        source("members", asked=asked),
        source("questions", to="2025-12-07"),
    )
    assert health_lines(health(*sources, refusals=2)) == (
        "Collected: Hansard to 4 December 2025; Written questions to 7 December 2025.",
        "Last asked on 8 December 2025: GOV.UK, Members and ministers.",
        "No gaps.",
        "2 answers could not be read.",
    )


def test_an_empty_register_says_so() -> None:
    assert health_lines(health()) == ("Nothing has been collected yet.", "No gaps.")


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (
            missing("hansard", scope="Lords 2025-11-11", house="Lords", day="2025-11-11"),
            "1 gap, the oldest: Hansard, Lords, 11 November 2025.",
        ),
        (
            missing(
                "govuk",
                scope="file https://assets.example.org/media/211ff3/letter-of-chief-constables.pdf",
                note="https://assets.example.org/211ff3/letter-of-chief-constables.pdf: PDF without text (a scan?)",
            ),
            "1 gap, the oldest: GOV.UK, letter-of-chief-constables.pdf: PDF without text (a scan?).",
        ),
        (missing("govuk", scope="news of the Home Office"), "1 gap, the oldest: GOV.UK, news of the Home Office."),
        (missing("govuk", scope="w" * 300), f"1 gap, the oldest: GOV.UK, {'w' * 152}…."),
    ],
    ids=["a sitting day", "a file", "a listing", "a long name"],
)
def test_the_oldest_gap_is_named_in_words(gap: Gap, said: str) -> None:
    assert health_lines(health(source("govuk"), source("hansard"), gap=gap))[-1] == said
