"""Whether two sayings are the same promise, and why: same thing, same class of action, nothing that clashes.

Likeness of words only proposes: two different pledges of money scored 0.85 alike, a true restatement 0.43.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from processing.commitments.joining.contrasts import contrast
from processing.commitments.joining.same_words import another_edition, content, same_words, told_apart
from processing.commitments.things import Things, beside_names, find_things, named_thing
from processing.language.departments import is_department
from processing.language.stems import as_said, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processing.commitments.statement import Said

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
EQUAL, VERY, NEARLY = 95, 85, 72  # token_set_ratio, 0 to 100: the same words; very much alike; alike
# Share of the shorter saying's telling words that the longer one has too: to join, to propose.
MOST, MANY = 0.6, 0.45
ENOUGH = 4  # words of content that say what is promised: "publish what it finds" could be anything
FEWEST = 2  # telling words in common: one is chance
YEARS_APART = 3  # further apart than that, a thing of one name may be another edition of it
# A promise that speaks of one of these is not the promise of the thing itself, unless both speak of it.
STAGES = frozenset({"pilot", "review", "response", "guidance", "training", "funding", "consultation", "action plan"})
STAGE_OF = {
    "review": "review",
    "respond": "response",
    "train": "training",
    "fund": "funding",
    "consult": "consultation",
}
DELIVERABLES = STAGES | {
    "strategy", "report", "timetable", "chair", "terms of reference", "regulations", "data", "code", "campaign",
    "standards", "framework", "panel",
}  # fmt: skip
COLLECTIVE = frozenset({"legislate", "commence", "accept"})  # what departments do together: a Bill has several of them
# What a Bill carries is the promise; the Bill itself only where it is what is brought in.
BILL_ITSELF = re.compile(
    r"\b(?:introduc|bring(?:ing)? forward|brought forward|publish|pass|legislat|present)\w*"
    r"\s+(?:the|a|an|our|this|that)\b"
    r"|\bbill (?:will|is to|shall) (?:be (?:introduced|published|brought|presented|passed)|come|receive|return)",
    re.IGNORECASE,
)
OPENS_CONSULTATION = re.compile(
    r"\b(?:launch|open|publish|start|begin|hold|run|issue)\w*\s+(?:(?:a|an|the|our|this|that|full|public|further)\s+)*"
    r"(?:consultation|call for evidence)\b"
    r"|\b(?:consultation|call for evidence)\b.{0,120}\b(?:will|to|shall)\s+(?:now |then )?(?:be )?"
    r"(?:launch|open|publish|start|begin|held|run|issue)"
    r"|\b(?:seek|gather|invite)\w* (?:the )?views\b|\bviews (?:will|are to|shall) be (?:sought|gathered|invited)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a saying is about: its things, whether its own words name them, its telling words, those beside names.

    `core` is the quote without its owner and its timing: when it will be is no part of what is promised. `action` is
    the class of action, with what opens or publishes a consultation counted as consulting.
    """

    things: Things
    is_own: bool
    words: frozenset[str]
    beside: frozenset[str]
    core: str
    action: str
    content: frozenset[str]


def about(said: Said) -> Meaning:
    """Say what a statement is about, and whether its own words say so (else the words around it do)."""
    core = said.quote.replace(said.timing, " ") if said.timing else said.quote
    core = core.replace(said.owner, " ")
    things = without_vehicle(find_things(said.quote), core)
    is_own = bool(things.objects)
    if not is_own:
        around = find_things(said.nearby).objects
        things = replace(things, objects=frozenset(t for t in around if named_thing(t).kind != "bill"))
    return Meaning(
        things=things,
        is_own=is_own,
        words=telling_words(core),
        beside=telling_words(beside_names(core)),
        core=core,
        action="consult" if OPENS_CONSULTATION.search(core) else said.action,
        content=content(core),
    )


def without_vehicle(things: Things, quote: str) -> Things:
    """Take a Bill away that only carries what is promised: "the Bill will create an offence" is about the offence."""
    bills = frozenset(thing for thing in things.objects if named_thing(thing).kind == "bill")
    if not bills or (bills == things.objects and BILL_ITSELF.search(quote)):
        return things
    return replace(things, objects=things.objects - bills)


def kinds(meaning: Meaning) -> frozenset[str]:
    """Return the deliverables that a saying speaks of, beside the names of things."""
    return meaning.things.apart & DELIVERABLES


def actions_agree(one: str, other: str) -> bool:
    """Tell whether two classes of action can be the same promise about one thing."""
    return one == other or any(one in group and other in group for group in SAME_ACTION)


def owners_agree(one: str, other: str, action: str) -> bool:
    """Tell whether two owners can be the same: the Government is any department, and departments legislate together."""
    if one == other or "Government" in (one, other):
        return True
    return action in COLLECTIVE and is_department(one) and is_department(other)


def clash(one: Things, other: Things) -> str | None:
    """Return in words what makes two promises different ones, or None."""
    if one.sums and other.sums and one.sums.isdisjoint(other.sums):
        return "different sums of money"
    if one.numbered and other.numbered and one.numbered.isdisjoint(other.numbered):
        return "different numbered items"
    if one.objects.isdisjoint(other.objects):
        kinds = {named_thing(thing).kind: thing for thing in sorted(one.objects)}
        for thing in sorted(other.objects):
            if named_thing(thing).kind in kinds:
                return f"{named_thing(kinds[named_thing(thing).kind]).name} is not {named_thing(thing).name}"
        mine, theirs = one.aspects, other.aspects
    else:
        mine, theirs = one.apart & DELIVERABLES, other.apart & DELIVERABLES
    if mine and theirs and mine.isdisjoint(theirs):
        return f"{_list(mine)} is not {_list(theirs)}"
    return None


def compare(  # noqa: PLR0911 -- a row of reasons, each with its answer
    new: Said, old: Said, new_about: Meaning, old_about: Meaning
) -> tuple[str, str]:
    """Compare two sayings: ("join" | "possible" | "apart" | "no", the reason in words).

    "apart" is an agreement in all but one word, which says that another thing is promised: a person may see it.
    """
    one, other = new_about.things, old_about.things
    is_same = same_words(new_about.content, old_about.content)
    is_beside = new.place is not None and new.place == old.place and not is_same
    told = "another sentence of the same text" if is_beside else told_apart(new_about.core, old_about.core)
    told = told or another_edition(new.quote, old.quote)
    if reason := clash(one, other) or told:
        return "no", reason
    acts = (new_about.action, old_about.action)
    if PERSONAL & {*acts}:
        same = acts[0] == acts[1] and new.said_on == old.said_on and alike(new_about, old_about) >= EQUAL
        return ("join", "the same words on the same day") if same else ("no", "an undertaking to one Member")
    shared = one.objects & other.objects
    agree = owners_agree(new.owner, old.owner, acts[0]) or _is_the_thing({new.owner, old.owner}, shared)
    if not agree and not (shared and is_department(new.owner) and is_department(old.owner)):
        return "no", f"{new.owner} is not {old.owner}"
    if {"accept", "refuse"} & {*acts} and acts[0] != acts[1]:
        return "no", "accepting or refusing is not yet acting"
    says_enough = len(new_about.content) >= ENOUGH and bool(new_about.words or shared)
    if is_same and says_enough and agree and actions_agree(*acts):
        return _with_doubts(new, old, "join", "said in the same words", new_about, old_about)
    if shared:
        verdict, reason = _compare_named(new_about, old_about, min(shared))
        if verdict == "join" and not agree:
            return "possible", f"{reason}, but {new.owner} is not {old.owner}"
        return _with_doubts(new, old, verdict, reason, new_about, old_about)
    if new_about.is_own and old_about.is_own:
        return "no", "different named things"
    verdict, reason = _compare_words(new_about, old_about)
    if verdict != "join" and _repeats(new, old, new_about, old_about):
        of_the_same = len(telling_words(new.nearby) & telling_words(old.nearby)) >= FEWEST
        verdict, reason = "join" if of_the_same else "possible", "the same words with the same date"
    return _with_doubts(new, old, verdict, reason, new_about, old_about)


def _is_the_thing(owners: set[str], shared: frozenset[str]) -> bool:
    """Tell whether one of the owners is what is promised: "the authority will be set up" is no act of the authority."""
    return any(named_thing(thing).name == owner for thing in shared for owner in owners)


def alike(one: Meaning, other: Meaning) -> float:
    """Say how alike the words of two promises are, 0 to 100, whatever their order."""
    return fuzz.token_set_ratio(one.core, other.core)


def _with_doubts(new: Said, old: Said, verdict: str, reason: str, one: Meaning, other: Meaning) -> tuple[str, str]:
    """Take a join back where a word stands for another thing, or where the name may be that of another edition."""
    if verdict == "join" and (differs := contrast(beside_names(one.core), beside_names(other.core))):
        return "apart", f"{reason}, but {differs}"
    years = abs((new.said_on - old.said_on).days) / 365
    if verdict == "join" and years > YEARS_APART:
        return "possible", f"{reason}, but said {years:.0f} years apart"
    return verdict, reason


def _compare_named(one: Meaning, other: Meaning, thing: str) -> tuple[str, str]:
    """Compare two sayings about one named thing."""
    name = named_thing(thing).name
    is_own = all(meaning.is_own or _points_at(meaning, thing) for meaning in (one, other))
    near = alike(one, other) >= NEARLY or _share(one.beside, other.beside) >= MOST
    if not actions_agree(one.action, other.action):
        if "other" in {one.action, other.action} and is_own:
            return ("join" if near else "possible"), f"both are about the {name}, in words that are alike"
        return "no", f"to {one.action} is not to {other.action}"
    stages = (one.things.apart ^ other.things.apart) & STAGES - {STAGE_OF.get(one.action), STAGE_OF.get(other.action)}
    if stages and _share(one.beside, other.beside) < MOST:
        return "possible", f"both may be about the {name}, but only one speaks of {_list(stages)}"
    is_bare = min(len(one.beside), len(other.beside)) < FEWEST
    is_enough = near or is_bare or not named_thing(thing).is_wide
    if is_own and is_enough and (one.action != "other" or named_thing(thing).within):
        both = f", and both promise to {one.action}" if one.action != "other" else ""
        return "join", f"both are about the {name}{both}"
    if near or (is_own and _share(one.beside, other.beside) >= MANY):
        return "join", f"both are about the {name}, in words that are alike"
    return "possible", f"both may be about the {name}"


def _repeats(new: Said, old: Said, one: Meaning, other: Meaning) -> bool:
    """Tell whether the same owner says the same few words again with the same date."""
    same = one.words == other.words and bool(one.words) and actions_agree(one.action, other.action)
    return same and new.latest is not None and new.latest == old.latest and new.owner == old.owner


def _points_at(meaning: Meaning, thing: str) -> bool:
    """Tell whether words that name nothing point at a thing named before them: "a further update", "the strategy"."""
    named = named_thing(thing)
    return named.kind in meaning.things.aspects and not meaning.words - telling_words(named.name)


def _compare_words(one: Meaning, other: Meaning) -> tuple[str, str]:
    """Compare two sayings that name no thing we know: only telling words that nearly all agree join them."""
    shared = one.words & other.words
    agree = actions_agree(one.action, other.action)
    same = kinds(one) & kinds(other)
    is_shorter = one.words <= other.words or other.words <= one.words  # else each says what the other does not
    if agree and same and is_shorter and len(shared) < FEWEST and alike(one, other) >= VERY:
        return "possible", f"both promise to {one.action} a {_list(same)}, in much the same words"
    if len(shared) < FEWEST or not (agree or "other" in {one.action, other.action}):
        return "no", "nothing named in common"
    words = ", ".join(as_said(shared, one.core)[:4])
    part = _share(one.words, other.words)
    is_enough = len(shared) > FEWEST or part == 1  # two words of three are chance where the third differs
    if agree and part >= MOST and is_enough:
        return "join", f"the same telling words: {words}"
    if part >= MANY or (agree and alike(one, other) >= NEARLY):
        return "possible", f"some of the same words: {words}"
    return "no", "words that differ"


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the shorter one's words that the longer one has too; nothing where they are too few."""
    shared = len(one & other)
    return shared / min(len(one), len(other)) if shared >= FEWEST else 0.0


def _list(words: Iterable[str]) -> str:
    return " and ".join(sorted(words))
