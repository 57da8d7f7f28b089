"""What looks like timing and is none, and vague words that must never become a date."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from processing.timing import find_timings, load_calendar
from processing.timing.vague import vague_words

CALENDAR = load_calendar()
SAID_ON = date(2025, 11, 18)

TRAPS = [
    "We may publish the guidance if the evidence supports it.",
    "As Theresa May told the House, this is a matter of trust.",
    "Sarah March will give evidence to the panel.",
    "The march of technology will not wait for us.",
    "The Bill will have its second reading debate in the usual way, and I shall not take a second more.",
    "As the Prime Minister announced on 8 February, the inquiry will be statutory.",
    "Referrals have risen since 2022, and we will look at the reasons.",
    "We published the strategy last year.",
    "In 2010 we inherited a system that was broken.",
    "The 2019 Parliament did not legislate.",
    "The Spring Statement is a matter for the Chancellor.",
    "Working Together 2023 remains the guidance that agencies must follow.",
    "We have put £88 million into the fund.",
    "Clause 3(1) will place a duty on councils.",
    "Over the past 12 months we have listened to survivors.",
    "The Children Act 1989 will continue to apply.",
    "This is a 10-year plan that we will follow.",
    "Parents will have to register within three months of birth.",
    "18-year-olds will be covered too.",
    "The week in Westminster has been long.",
    "Friday's verdicts will be studied with care.",
    "On Monday we told the House what we had found.",
    "The strategy published in March will be our guide.",
    "The review ran for 14 years.",
]


@pytest.mark.parametrize("sentence", TRAPS)
def test_a_trap_gives_no_deadline(sentence: str) -> None:
    dated = [found for found in find_timings(sentence, SAID_ON, "Commons", CALENDAR) if found.latest or found.earliest]
    assert dated == []


VAGUE = [
    ("We will publish the response in due course.", "in due course", 180),
    ("I shall write to her shortly.", "shortly", 30),
    ("We will legislate when parliamentary time allows.", "when parliamentary time allows", 365),
    ("The measures will be brought in as soon as possible.", "as soon as possible", 90),
    ("We will set out more in the coming weeks.", "in the coming weeks", 56),
    ("We will set out more in the coming months.", "in the coming months", 180),
    ("An announcement will be made imminently.", "imminently", 14),
    ("We will move at pace.", "at pace", 90),
    ("We will return to it in the longer term.", "in the longer term", 730),
    ("We hope to say more soon.", "soon", 60),
]


@pytest.mark.parametrize(("sentence", "expression", "days"), VAGUE, ids=[row[1] for row in VAGUE])
def test_vague_words_are_kept_without_a_date_and_with_a_day_of_ours_to_look_again(
    sentence: str, expression: str, days: int
) -> None:
    (found,) = find_timings(sentence, SAID_ON, "Commons", CALENDAR)
    assert (found.expression, found.kind, found.earliest, found.latest) == (expression, "vague", None, None)
    assert found.look_again == SAID_ON + timedelta(days=days)


def test_an_event_without_a_known_date_is_kept_without_one() -> None:
    (found,) = find_timings("We will respond once the inquiry reports.", SAID_ON, "Commons", CALENDAR)
    assert (found.expression, found.kind, found.earliest, found.latest) == (
        "once the inquiry reports",
        "event",
        None,
        None,
    )


def test_a_negated_before_is_a_lower_bound() -> None:
    (found,) = find_timings("The duty will not be commenced before April 2026.", SAID_ON, "Commons", CALENDAR)
    assert (found.earliest, found.latest) == (date(2026, 4, 1), None)


def test_the_preposition_of_a_verb_is_not_part_of_the_phrase() -> None:
    (found,) = find_timings("The code comes in next month.", SAID_ON, "Commons", CALENDAR)
    assert (found.expression, found.earliest, found.latest) == ("next month", date(2025, 12, 1), date(2025, 12, 31))


def test_each_house_has_its_own_recess() -> None:
    sentence = "We will report before the summer recess."
    said_on = date(2025, 6, 16)
    latest = {house: find_timings(sentence, said_on, house, CALENDAR)[0].latest for house in ("Commons", "Lords", None)}
    assert latest == {"Commons": date(2025, 7, 22), "Lords": date(2025, 7, 24), None: date(2025, 7, 22)}


SAMPLES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("vague.yml").read_text(encoding="utf-8"))
DAYS = {row.id: row.look_again_days for row in vague_words()}
EXAMPLES = [(rule, days, example) for rule, days in DAYS.items() for example in SAMPLES[rule]]


@pytest.mark.parametrize(("rule", "days", "example"), EXAMPLES, ids=[example for _, _, example in EXAMPLES])
def test_every_row_of_vague_words_reads_its_examples(rule: str, days: int, example: str) -> None:
    (found,) = find_timings(f"We will publish the response {example}.", SAID_ON, "Commons", CALENDAR)
    assert (found.expression, found.rule, found.look_again) == (example, rule, SAID_ON + timedelta(days=days))
