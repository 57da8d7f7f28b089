"""Which statements are sayings of one commitment, and why: same thing, same class of action, nothing that clashes.

Similarity of words only proposes; see docs/decisions/0006-joining.md and the measurements named there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from processing.objects import Things, find_things, named_thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

# Classes of action that are one and the same promise where the thing is the same.
SAME_ACTION = (
    frozenset({"publish", "respond", "report"}),
    frozenset({"legislate", "commence", "establish"}),
    frozenset({"establish", "appoint"}),
    frozenset({"fund"}),
    frozenset({"consult"}),
    frozenset({"review"}),
)
PERSONAL = frozenset({"meet", "write"})  # undertakings to one Member: never the same unless the words are
ALIKE, NEARLY = 88, 72  # token_set_ratio, 0 to 100: with no named thing, alike enough to join, or to propose
RARE = re.compile(r"[a-z][a-z-]{4,}|\d{2,}")
COMMON = frozenset(
    re.findall(
        r"\w+",
        """about above after again against among before being between could every first further government having house
        important including legislation member minister ministers their there these those through under until which
        while within would child children sexual abuse exploitation victims survivors continue commitment committed
        bring forward publish published shall recommendation recommendations department national support ensure working
        young people action next right friend friends members""",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What joining needs to know of one statement. `arrival` orders sayings by when the archive first held them.

    `nearby` is the text around the quote (the sentence before it and the title), used only where the quote itself
    names nothing. `is_pair_of` is the document that is the same event (the statement in the other House).
    """

    id: str
    document: str
    said_on: date
    arrival: tuple[str, str, int]
    quote: str
    nearby: str
    owner: str
    action: str
    novelty: str
    recommendations: frozenset[str]
    timing: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """That a statement belongs with an earlier one, or only may: with the reason in words."""

    statement: str
    other: str
    reason: str


@dataclass(slots=True)
class _Cluster:
    """The sayings joined so far, with what each is about."""

    members: list[Saying] = field(default_factory=list)
    things: list[tuple[Things, bool]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """The outcome: groups of statement ids in order of arrival, the joins made, and those that wait for a person."""

    groups: tuple[tuple[str, ...], ...]
    joins: tuple[Join, ...]
    possible: tuple[Join, ...]


def about(saying: Saying) -> tuple[Things, bool]:
    """Say what a statement is about, and whether its own words say so (else the words around it do)."""
    own = find_things(saying.quote)
    if own.objects:
        return own, True
    around = find_things(saying.nearby)
    return Things(objects=around.objects, aspects=own.aspects, sums=own.sums, numbered=own.numbered), False


def actions_agree(one: str, other: str) -> bool:
    """Tell whether two classes of action can be the same promise about one thing."""
    return one == other or any(one in group and other in group for group in SAME_ACTION)


def clash(one: Things, other: Things) -> str | None:
    """Return in words what makes two promises different ones, or None."""
    if one.sums and other.sums and one.sums.isdisjoint(other.sums):
        return "different sums of money"
    if one.numbered and other.numbered and one.numbered.isdisjoint(other.numbered):
        return "different numbered items"
    kinds = {named_thing(thing).kind: thing for thing in one.objects - other.objects}
    for thing in sorted(other.objects - one.objects):
        kind = named_thing(thing).kind
        if kind in kinds and one.objects.isdisjoint(other.objects):
            return f"{named_thing(kinds[kind]).name} is not {named_thing(thing).name}"
    if one.aspects and other.aspects and one.aspects.isdisjoint(other.aspects):
        return f"{_list(one.aspects)} is not {_list(other.aspects)}"
    return None


def _list(words: Iterable[str]) -> str:
    return " and ".join(sorted(words))


def owners_agree(one: str, other: str) -> bool:
    """Tell whether two owners can be the same: the Government stands for any department."""
    return one == other or "Government" in (one, other)


def compare(
    new: Saying, old: Saying, new_about: tuple[Things, bool], old_about: tuple[Things, bool]
) -> tuple[str, str]:
    """Compare two sayings: ("join" | "possible" | "no", the reason in words)."""
    (one, one_own), (other, other_own) = new_about, old_about
    alike = fuzz.token_set_ratio(new.quote, old.quote)
    if reason := clash(one, other):
        return "no", reason
    if new.action in PERSONAL or old.action in PERSONAL:
        same = new.action == old.action and alike >= 95 and new.said_on == old.said_on  # noqa: PLR2004 -- nearly equal
        return ("join", "the same words on the same day") if same else ("no", "an undertaking to one Member")
    if not owners_agree(new.owner, old.owner):
        return "no", f"{new.owner} is not {old.owner}"
    shared = one.objects & other.objects
    if shared:
        return _compare_named(new, old, sorted(shared), alike, own=(one_own, other_own))
    if one.objects and other.objects:
        return "no", "different named things"
    return _compare_words(new, old, alike)


def _compare_named(
    new: Saying, old: Saying, shared: Sequence[str], alike: float, *, own: tuple[bool, bool]
) -> tuple[str, str]:
    """Compare two sayings about one named thing."""
    thing = named_thing(shared[0]).name
    if {"accept", "refuse"} & {new.action, old.action} and new.action != old.action:
        return "no", "accepting is not yet acting"
    agree = actions_agree(new.action, old.action)
    if agree and all(own):
        return "join", f"both are about the {thing}, and both promise to {new.action}" if new.action != "other" else (
            f"both are about the {thing}"
        )
    if agree and (alike >= NEARLY or new.novelty == "restated"):
        return "join", f"both are about the {thing}, in words that are alike"
    if "other" in (new.action, old.action) and all(own) and alike >= NEARLY:
        return "join", f"both are about the {thing}, in words that are alike"
    if agree or ("other" in (new.action, old.action) and all(own)):
        return "possible", f"both may be about the {thing}"
    return "no", f"to {new.action} is not to {old.action}"


def _compare_words(new: Saying, old: Saying, alike: float) -> tuple[str, str]:
    """Compare two sayings that name no thing we know: only words that are nearly the same join them."""
    shared = rare_words(new.quote) & rare_words(old.quote)
    if not actions_agree(new.action, old.action) or len(shared) < 2:  # noqa: PLR2004 -- one word is chance
        return "no", "nothing named in common"
    words = ", ".join(sorted(shared)[:4])
    if alike >= ALIKE and len(shared) >= 3:  # noqa: PLR2004
        return "join", f"nearly the same words: {words}"
    if alike >= NEARLY:
        return "possible", f"some of the same words: {words}"
    return "no", "words that differ"


def rare_words(text: str) -> frozenset[str]:
    """Return the words of a text that say something: five letters or more and not in every speech, or numbers."""
    return frozenset(RARE.findall(text.lower())) - COMMON


def join(
    sayings: Iterable[Saying],
    *,
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> Clusters:
    """Join sayings into commitments, in order of arrival. `together` and `apart` are people's decisions, by ids."""
    ordered = sorted(sayings, key=lambda saying: saying.arrival)
    forced = _pairs(together)
    forbidden = _pairs(apart)
    clusters: list[_Cluster] = []
    where: dict[str, int] = {}
    by_object: dict[str, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    joins, possible = [], []
    for saying in ordered:
        meaning = about(saying)
        candidates = _candidates(saying, meaning[0], by_object, by_word)
        candidates |= {where[other] for other in forced.get(saying.id, ()) if other in where}
        chosen, made, proposed = _choose(saying, meaning, candidates, clusters, forced, forbidden)
        possible += proposed
        if chosen is None:
            chosen = len(clusters)
            clusters.append(_Cluster())
        elif made:
            joins.append(made)
        _add(clusters[chosen], saying, meaning)
        where[saying.id] = chosen
        for thing in meaning[0].objects:
            if chosen not in by_object[thing]:
                by_object[thing].append(chosen)
        for word in rare_words(saying.quote):
            if not by_word[word] or by_word[word][-1] != chosen:
                by_word[word].append(chosen)
    return Clusters(
        groups=tuple(tuple(member.id for member in cluster.members) for cluster in clusters),
        joins=tuple(joins),
        possible=tuple(possible),
    )


def _pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _candidates(
    saying: Saying, things: Things, by_object: dict[str, list[int]], by_word: dict[str, list[int]]
) -> set[int]:
    found = {index for thing in things.objects for index in by_object.get(thing, ())}
    seen: dict[int, int] = defaultdict(int)
    for word in rare_words(saying.quote):
        places = by_word.get(word, ())
        if len(places) <= 200:  # noqa: PLR2004 -- a word in more commitments than that tells nothing
            for index in places:
                seen[index] += 1
    return found | {index for index, count in seen.items() if count >= 2}  # noqa: PLR2004


def _choose(
    saying: Saying,
    meaning: tuple[Things, bool],
    candidates: set[int],
    clusters: Sequence[_Cluster],
    forced: dict[str, set[str]],
    forbidden: dict[str, set[str]],
) -> tuple[int | None, Join | None, list[Join]]:
    """Choose the cluster that a saying joins: a person's word first, else the one with most in common."""
    best: tuple[float, int, Join] | None = None
    proposed = []
    for index in sorted(candidates):
        members = clusters[index].members
        if any(member.id in forced.get(saying.id, ()) for member in members):
            other = next(member.id for member in members if member.id in forced[saying.id])
            return index, Join(statement=saying.id, other=other, reason="joined by a person"), []
        if any(member.id in forbidden.get(saying.id, ()) for member in members):
            continue
        verdict, made, alike = _against(saying, meaning, clusters[index])
        if verdict == "join" and made and (best is None or alike > best[0]):
            best = (alike, index, made)
        elif verdict == "possible" and made:
            proposed.append((alike, made))
    if best:
        return best[1], best[2], []
    proposed.sort(key=lambda pair: (-pair[0], pair[1].other))
    return None, None, [made for _, made in proposed[:3]]


def _against(saying: Saying, meaning: tuple[Things, bool], cluster: _Cluster) -> tuple[str, Join | None, float]:
    """Compare a saying with every member: one clash keeps it out, one agreement takes it in."""
    outcome: tuple[str, Join | None, float] = ("no", None, 0.0)
    for member, things in zip(cluster.members, cluster.things, strict=True):
        if clash(meaning[0], things[0]):
            return "no", None, 0.0
        verdict, reason = compare(saying, member, meaning, things)
        alike = fuzz.token_set_ratio(saying.quote, member.quote)
        made = Join(statement=saying.id, other=member.id, reason=reason)
        if verdict == "join" and (outcome[0] != "join" or alike > outcome[2]):
            outcome = ("join", made, alike)
        elif verdict == "possible" and outcome[0] == "no":
            outcome = ("possible", made, alike)
    return outcome


def _add(cluster: _Cluster, saying: Saying, meaning: tuple[Things, bool]) -> None:
    cluster.members.append(saying)
    cluster.things.append(meaning)
