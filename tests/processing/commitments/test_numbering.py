"""Public numbers: given once, kept through new rules, joins, splits and their undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from processing.commitments.numbering import Given, Numbers, give_numbers
from tests.processing.commitments.made import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processing.commitments.statement import Statement


def place(name: str, quote: str | None = None, key: str | None = None) -> Statement:
    """Return a statement whose name tells when it arrived."""
    return statement(name, document="d", passage_key=key or name, quote=quote or name, first_seen_at=name)


def run(
    groups: Sequence[Sequence[str]],
    ledger: Sequence[Given] = (),
    expelled: frozenset[tuple[str, int]] = frozenset(),
) -> tuple[Numbers, list[Given]]:
    """Return the outcome of numbering groups, with the ledger after it."""
    places = [place(key) for group in groups for key in group]
    numbers = give_numbers(groups, ledger, places, expelled)
    kept = {line.statement: line for line in ledger} | {line.statement: line for line in numbers.lines}
    return numbers, list(kept.values())


def test_numbers_go_up_in_order_of_arrival() -> None:
    assert run([["c"], ["a", "d"], ["b"]])[0].numbers == (3, 1, 2)


def test_what_is_new_gets_the_next_number_and_the_old_keep_theirs() -> None:
    _, ledger = run([["b"], ["c"]])
    numbers, _ = run([["a"], ["b"], ["c"]], ledger)
    assert numbers.numbers == (3, 1, 2)


def test_a_joined_number_leads_to_the_lower_one_and_a_split_gives_it_back() -> None:
    _, ledger = run([["a"], ["b"]])
    joined, ledger = run([["a", "b"]], ledger)
    assert (joined.numbers, joined.joined) == ((1,), ((2, 1, "b"),))
    split, _ = run([["a"], ["b"]], ledger)
    assert (split.numbers, split.joined) == ((1, 2), ())


def test_a_number_is_never_given_again() -> None:
    _, ledger = run([["a"], ["b"]])
    _, ledger = run([["a"]], ledger)
    assert run([["a"], ["c"]], ledger)[0].numbers == (1, 3)


def test_the_statement_that_a_person_puts_out_leaves_the_number_behind_even_if_it_was_the_first() -> None:
    _, ledger = run([["a", "b", "c"]])
    split, ledger = run([["a"], ["b", "c"]], ledger, frozenset({("a", 1)}))
    assert split.numbers == (2, 1)
    again, _ = run([["a"], ["b", "c"]], ledger, frozenset({("a", 1)}))
    assert (again.numbers, again.lines) == ((2, 1), ())


def test_a_saying_that_new_rules_cut_otherwise_keeps_its_number_also_the_next_time() -> None:
    old = [place("a", "We will publish the strategy", "c1")]
    ledger = list(give_numbers([["a"]], [], old).lines)
    new = [place("b", "We will publish the strategy by May 2026", "c1")]
    numbers = give_numbers([["b"]], ledger, new)
    assert (numbers.numbers, numbers.aliases) == ((1,), {"a": "b"})
    again = give_numbers([["b"]], [*ledger, *numbers.lines], new)
    assert (again.numbers, again.aliases) == ((1,), {"a": "b"})


def test_other_words_in_the_same_passage_are_no_heir() -> None:
    ledger = list(give_numbers([["a"]], [], [place("a", "We will publish the strategy", "c1")]).lines)
    numbers = give_numbers([["b"]], ledger, [place("b", "I shall meet her tomorrow", "c1")])
    assert (numbers.numbers, numbers.aliases) == ((2,), {})


KEYS = "abcdefg"


@st.composite
def partitions(draw: st.DrawFn) -> list[list[str]]:
    """Draw some statements in some groups."""
    homes = {key: draw(st.integers(0, 3)) for key in draw(st.sets(st.sampled_from(KEYS), min_size=1))}
    groups = [[key for key in sorted(homes) if homes[key] == home] for home in range(4)]
    return [group for group in groups if group]


@settings(max_examples=200, deadline=None)
@given(st.lists(partitions(), min_size=1, max_size=5))
def test_whatever_is_regrouped_numbers_differ_and_the_same_grouping_twice_changes_nothing(
    history: list[list[list[str]]],
) -> None:
    ledger: list[Given] = []
    for groups in history:
        numbers, ledger = run(groups, ledger)
        assert len(set(numbers.numbers)) == len(groups)
        assert not {before for before, _, _ in numbers.joined} & set(numbers.numbers)
        again, after = run(groups, ledger)
        assert (again.numbers, again.joined, after) == (numbers.numbers, numbers.joined, ledger)
