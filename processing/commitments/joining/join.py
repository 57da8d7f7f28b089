"""Which statements are sayings of one commitment, and why: same thing, same class of action, nothing that clashes.

Similarity of words only proposes; see docs/decisions/0011-joining.md and the measurements named there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from processing.commitments.joining.comparing import (
    FEWEST,
    NEARLY,
    Meaning,
    about,
    actions_agree,
    alike,
    clash,
    compare,
    kinds,
)
from processing.commitments.joining.same_words import same_words
from processing.commitments.series import Done, index_done, is_next

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from processing.commitments.statement import Said
    from processing.commitments.things import Things

NEAREST = (4, 12)  # the first and the last sayings of a commitment with which a new one is compared
CROWD, CROWD_OF_KIND = 200, 40  # a word, or a deliverable, in more commitments than that tells nothing
PROPOSED = 3  # commitments at most that a person is asked about for one saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """That a statement belongs with an earlier one, or only may: with the reason in words."""

    statement: str
    other: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """The outcome: groups of statement ids in order of arrival, the joins made, and those that wait for a person."""

    groups: tuple[tuple[str, ...], ...]
    joins: tuple[Join, ...]
    possible: tuple[Join, ...]


@dataclass(slots=True)
class _Cluster:
    """The sayings joined so far, with what each is about, and all that any of them is about, each once."""

    members: list[tuple[Said, Meaning]] = field(default_factory=list)
    things: dict[Things, None] = field(default_factory=dict)

    def compared_with(self) -> list[tuple[Said, Meaning]]:
        first, last = NEAREST
        return self.members if len(self.members) <= first + last else self.members[:first] + self.members[-last:]


@dataclass(slots=True)
class _Joining:
    """The state of joining: clusters by order of their first saying, and where to look for candidates."""

    done: Done = field(default_factory=Done)
    clusters: list[_Cluster] = field(default_factory=list)
    where: dict[str, int] = field(default_factory=dict)
    by_object: dict[str, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    by_word: dict[str, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    by_kind: dict[str, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    by_content: dict[frozenset[str], dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    by_date: dict[tuple[date, frozenset[str]], dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    joins: list[Join] = field(default_factory=list)
    possible: list[Join] = field(default_factory=list)

    def take(self, saying: Said, forced: Iterable[str], forbidden: Iterable[str]) -> None:
        """Take in one saying: where an edit put it, else where it fits best, else as a new promise."""
        meaning = about(saying)
        home = next((self.where[other] for other in sorted(forced) if self._is_same(meaning, other)), None)
        if home is None:
            barred = {self.where[other] for other in forbidden if other in self.where}
            home = self._best(saying, meaning, self._candidates(saying, meaning) - barred)
        if home is None:
            home = len(self.clusters)
            self.clusters.append(_Cluster())
        self._put(saying, meaning, home)

    def _is_same(self, meaning: Meaning, other: str) -> bool:
        """Tell whether words that took another's place still promise it: an answer is not its holding reply."""
        if other not in self.where:
            return False
        before = next(m for saying, m in self.clusters[self.where[other]].members if saying.id == other)
        return alike(meaning, before) >= NEARLY and actions_agree(meaning.action, before.action)

    def _candidates(self, saying: Said, meaning: Meaning) -> set[int]:
        found: set[int] = {index for thing in meaning.things.objects for index in self.by_object.get(thing, ())}
        seen: dict[int, int] = defaultdict(int)
        for word in meaning.words:
            places = self.by_word.get(word, ())
            if len(places) <= CROWD:
                for index in places:
                    seen[index] += 1
        for kind in kinds(meaning):
            places = self.by_kind.get(kind, ())
            if len(places) <= CROWD_OF_KIND:
                found |= set(places)
        found |= set(self.by_content.get(meaning.content, ()))
        if saying.latest:
            found |= set(self.by_date.get((saying.latest, meaning.words), ()))
        return found | {index for index, count in seen.items() if count >= FEWEST}

    def _best(self, saying: Said, meaning: Meaning, candidates: Iterable[int]) -> int | None:
        """Choose the cluster with most in common; where none fits, note those that may."""
        best: tuple[float, int, Join] | None = None
        proposed = []
        for index in sorted(candidates):
            cluster = self.clusters[index]
            verdict, made, near = _against(saying, meaning, cluster)
            if verdict == "join" and (why := is_next(saying, meaning, cluster.compared_with(), self.done)):
                verdict, made = "possible", replace(made, reason=f"{made.reason}, but {why}")
            if verdict == "join" and (best is None or near > best[0]):
                best = (near, index, made)
            elif verdict == "possible":
                proposed.append((near, made))
        if best:
            self.joins.append(best[2])
            return best[1]
        proposed.sort(key=lambda pair: (-pair[0], pair[1].other))
        self.possible += [made for _, made in proposed[:PROPOSED]]
        return None

    def _put(self, saying: Said, meaning: Meaning, home: int) -> None:
        self.clusters[home].members.append((saying, meaning))
        self.clusters[home].things[meaning.things] = None
        self.where[saying.id] = home
        for thing in meaning.things.objects:
            self.by_object[thing][home] = None
        for word in meaning.words:
            self.by_word[word][home] = None
        for kind in kinds(meaning):
            self.by_kind[kind][home] = None
        self.by_content[meaning.content][home] = None
        if saying.latest:
            self.by_date[saying.latest, meaning.words][home] = None


def join(
    sayings: Iterable[Said],
    *,
    edits: Iterable[tuple[str, str]] = (),
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    done: Iterable[Said] = (),
) -> Clusters:
    """Join sayings into commitments, in order of arrival, so that what is joined stays so when more arrive.

    `edits` are pairs of ids of which one took the other's place in its document. `together` and `apart` are people's
    decisions: what is put together is so with all that belongs to each; what is set apart is never joined by machine.
    `done` are deliveries, told as sayings: after them a further one is another promise.
    """
    forced, forbidden = _pairs(edits), _pairs(apart)
    joining = _Joining(done=index_done(done))
    for saying in sorted(sayings, key=lambda saying: saying.arrival):
        joining.take(saying, forced.get(saying.id, ()), forbidden.get(saying.id, ()))
    groups = [[saying.id for saying, _ in cluster.members] for cluster in joining.clusters]
    by_person = _merge(groups, joining.where, together)
    possible = tuple(
        made for made in joining.possible if _home(groups, made.statement) is not _home(groups, made.other)
    )
    return Clusters(groups=tuple(map(tuple, groups)), joins=(*joining.joins, *by_person), possible=possible)


def _home(groups: Iterable[list[str]], statement: str) -> list[str] | None:
    return next((group for group in groups if statement in group), None)


def _pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _merge(groups: list[list[str]], where: dict[str, int], together: Iterable[tuple[str, str]]) -> list[Join]:
    """Put whole groups together where a person says so: into the one that began first; the emptied ones go."""
    root = list(range(len(groups)))

    def top(index: int) -> int:
        while root[index] != index:
            index = root[index]
        return index

    made = []
    for one, other in sorted(together):
        if one in where and other in where and (ends := sorted((top(where[one]), top(where[other]))))[0] != ends[1]:
            made.append(Join(statement=groups[ends[1]][0], other=groups[ends[0]][0], reason="joined by a person"))
            root[ends[1]] = ends[0]
    for index in range(len(groups)):
        if top(index) != index:
            groups[top(index)] += groups[index]
            groups[index] = []
    groups[:] = [group for group in groups if group]
    return made


def _is_beside(saying: Said, meaning: Meaning, member: Said, its: Meaning) -> bool:
    """Tell whether two sayings stand in one text in different words: then they are two promises."""
    return saying.place is not None and saying.place == member.place and not same_words(meaning.content, its.content)


def _against(saying: Said, meaning: Meaning, cluster: _Cluster) -> tuple[str, Join, float]:
    """Compare a saying with a cluster: one clash or contrast keeps it out, else one agreement takes it in."""
    outcome = ("no", Join(statement=saying.id, other=cluster.members[0][0].id, reason=""), 0.0)
    if any(clash(meaning.things, things) for things in cluster.things):
        return outcome
    if any(_is_beside(saying, meaning, member, its) for member, its in cluster.members):
        return outcome
    rank = {"no": 0, "possible": 1, "join": 2, "apart": 3}
    for member, its_meaning in cluster.compared_with():
        verdict, reason = compare(saying, member, meaning, its_meaning)
        if rank[verdict] < max(rank[outcome[0]], 1):
            continue
        near = alike(meaning, its_meaning)
        if (rank[verdict], near) > (rank[outcome[0]], outcome[2]):
            outcome = (verdict, Join(statement=saying.id, other=member.id, reason=reason), near)
    return ("possible", *outcome[1:]) if outcome[0] == "apart" else outcome
