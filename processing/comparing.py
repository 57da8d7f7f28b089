"""Whether two sayings are the same promise, and why: same thing, same class of action, nothing that clashes.

Likeness of words only proposes: two different pledges of money scored 0.85 alike, a true restatement 0.43.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from processing.departments import is_department
from processing.objects import Things, beside_names, find_things, named_thing

if TYPE_CHECKING:
    from collections.abc import Iterable
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
EQUAL, VERY, NEARLY = 95, 85, 72  # token_set_ratio, 0 to 100: the same words; very much alike; alike
# Share of the shorter saying's telling words that the longer one has too: to join, to propose.
MOST, MANY = 0.6, 0.45
FEWEST = 2  # telling words in common: one is chance
YEARS_APART = 3  # further apart than that, a thing of one name may be another edition of it
# A promise that speaks of one of these is not the promise of the thing itself, unless both speak of it.
STAGES = frozenset({"pilot", "review", "response", "guidance", "training", "funding", "consultation"})
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
    r"(?:launch|open|publish|start|begin|held|run|issue)",
    re.IGNORECASE | re.DOTALL,
)
WORD = re.compile(r"[a-z][a-z-]{2,}|\b(?!(?:19|20)\d\d\b)\d{2,}")
NAMED_BILL = re.compile(r"(?:[A-Z][\w’']+,? (?:and |of )?)+Bill\b")
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "y", "e")
COMMON = frozenset(
    re.findall(
        r"\w+",
        """a an the and or but nor for of in on at to by from with without into onto over under about after before since
        until while during between through against among than then that this these those there here it its they them
        their we us our i me my he she his her who whom whose which what when where why how if whether as so such not
        no yes all any each every some many more most other another both few only own same too very just also now
        again already still yet ever never will would shall should can could may might must do does did done doing
        has have had having be is are was were been being am get gets got give gives given giving take takes taken
        taking make makes made making go goes going come comes coming bring brings bringing brought put puts putting
        set sets setting let lets keep keeps forward further first second next last new early late soon shortly course
        year years month months week weeks day days spring summer autumn winter january february march april june july
        august september october november december easter christmas recess session parliament parliamentary time
        allows end start government minister ministers department house member members hon right friend noble lord
        lords secretary state home office country national england wales united kingdom people person part place case
        cases matter issue issues work works working way ways important clear right need needs ensure ensuring support
        supporting help action act acts child children young sexual sexually abuse abused exploitation victim victims
        survivor survivors harm safety safe protect protection safeguarding crime criminal police offence offences
        commitment committed commit confirm promise announce announced accept recommendation recommendations plan
        plans intend aim want hope consider continue publish published publishing publication statutory update
        updated revise revised issue issued guidance legislation legislate law laws bill bills measure measures
        introduce introduced consult consulting consultation views response respond report review strategy fund
        funding funded million billion provide providing provided invest investment establish create launch launched
        local services service area areas million today tomorrow additional whole public sector including include""",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What joining needs to know of one statement. `arrival` orders sayings by when the archive first held them.

    `nearby` is the text around the quote (the sentence before it and the title), used only where the quote itself
    names nothing. `latest` is the last day before it is overdue, None where no date was said.
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
    latest: date | None = None


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


def about(saying: Saying) -> Meaning:
    """Say what a statement is about, and whether its own words say so (else the words around it do)."""
    core = saying.quote.replace(saying.timing, " ") if saying.timing else saying.quote
    core = core.replace(saying.owner, " ")
    things = without_vehicle(find_things(saying.quote), core)
    is_own = bool(things.objects)
    if not is_own:
        around = find_things(saying.nearby).objects
        things = replace(things, objects=frozenset(t for t in around if named_thing(t).kind != "bill"))
    return Meaning(
        things=things,
        is_own=is_own,
        words=telling_words(core),
        beside=telling_words(beside_names(core)),
        core=core,
        action="consult" if OPENS_CONSULTATION.search(core) else saying.action,
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


@lru_cache(maxsize=100_000)
def telling_words(quote: str) -> frozenset[str]:
    """Return the words that set a promise apart from others, cut to their stems; the commonest of all are left out."""
    words = WORD.findall(NAMED_BILL.sub(" ", quote).lower().replace("’", "'"))
    return frozenset(_stem(word) for word in words if word not in COMMON)


def _stem(word: str) -> str:
    """Cut the commonest endings off, so that "restricting" and "restrict" are one word."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:  # noqa: PLR2004 -- what is left must say something
            return word.removesuffix(ending)
    return word


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
    new: Saying, old: Saying, new_about: Meaning, old_about: Meaning
) -> tuple[str, str]:
    """Compare two sayings: ("join" | "possible" | "no", the reason in words)."""
    one, other = new_about.things, old_about.things
    if reason := clash(one, other):
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
    if shared:
        verdict, reason = _compare_named(new_about, old_about, min(shared))
        if verdict == "join" and not agree:
            return "possible", f"{reason}, but {new.owner} is not {old.owner}"
        return _with_doubts(new, old, verdict, reason)
    if new_about.is_own and old_about.is_own:
        return "no", "different named things"
    return _with_doubts(new, old, *_compare_words(new_about, old_about))


def _is_the_thing(owners: set[str], shared: frozenset[str]) -> bool:
    """Tell whether one of the owners is what is promised: "the authority will be set up" is no act of the authority."""
    return any(named_thing(thing).name == owner for thing in shared for owner in owners)


def alike(one: Meaning, other: Meaning) -> float:
    """Say how alike the words of two promises are, 0 to 100, whatever their order."""
    return fuzz.token_set_ratio(one.core, other.core)


def _with_doubts(new: Saying, old: Saying, verdict: str, reason: str) -> tuple[str, str]:
    """Turn a join into a possible one where the thing may be another edition of the same name."""
    years = abs((new.said_on - old.said_on).days) / 365
    if verdict == "join" and years > YEARS_APART:
        return "possible", f"{reason}, but said {years:.0f} years apart"
    return verdict, reason


def _compare_named(one: Meaning, other: Meaning, thing: str) -> tuple[str, str]:
    """Compare two sayings about one named thing."""
    name = named_thing(thing).name
    is_own = one.is_own and other.is_own
    near = alike(one, other) >= NEARLY or _share(one.beside, other.beside) >= MOST
    if not actions_agree(one.action, other.action):
        if "other" in {one.action, other.action} and is_own:
            return ("join" if near else "possible"), f"both are about the {name}, in words that are alike"
        return "no", f"to {one.action} is not to {other.action}"
    stages = (one.things.apart ^ other.things.apart) & STAGES - {STAGE_OF.get(one.action), STAGE_OF.get(other.action)}
    if stages and _share(one.beside, other.beside) < MOST:
        return "possible", f"both may be about the {name}, but only one speaks of {_list(stages)}"
    if is_own and (one.action != "other" or named_thing(thing).within):
        both = f", and both promise to {one.action}" if one.action != "other" else ""
        return "join", f"both are about the {name}{both}"
    if near or (is_own and _share(one.beside, other.beside) >= MANY):
        return "join", f"both are about the {name}, in words that are alike"
    return "possible", f"both may be about the {name}"


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
    words = ", ".join(sorted(shared)[:4])
    part = _share(one.words, other.words)
    if agree and part >= MOST:
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
