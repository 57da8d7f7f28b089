"""Which deliveries and publications are evidence that a commitment was kept. Evidence is shown; a person decides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from processing.commitments.joining.comparing import FEWEST, MOST, actions_agree, clash
from processing.commitments.joining.contrasts import contrast
from processing.commitments.series import FURTHER, TODAY
from processing.commitments.things import Things, find_things, named_thing
from processing.language.stems import telling_words
from processing.language.verbs import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

ALIKE = 80  # token_set_ratio, 0 to 100: with no named thing, alike enough to be the same thing
CROWD = 200  # promises under one thing or word at most, the latest of them: a delivery answers to what was said of late
CONSULTATIONS = frozenset({"consultation", "open_consultation", "closed_consultation", "consultation_outcome"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A commitment as evidence is matched with it: what it is about, what it promises to do, when it was first said.

    `is_further`: it is the next of its kind ("a further update"), so that what was done before is no evidence of it.
    """

    id: str
    things: Things
    actions: frozenset[str]
    quotes: tuple[str, ...]
    first_said: date
    documents: frozenset[str]
    recommendations: frozenset[str]
    is_further: bool = False


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises by what they are about and by their telling words, so that few need a closer look."""

    by_object: Mapping[str, Sequence[Promise]]
    by_word: Mapping[str, Sequence[Promise]]

    def near(self, quote: str) -> list[Promise]:
        """Return the promises that a delivery may be evidence of: those that share a thing or two telling words."""
        found = {one.id: one for thing in find_things(quote).objects for one in self.by_object.get(thing, ())}
        seen: dict[str, int] = defaultdict(int)
        for word in telling_words(quote):
            for one in self.by_word.get(word, ()):
                seen[one.id] += 1
                if seen[one.id] == FEWEST:
                    found[one.id] = one
        return [found[key] for key in sorted(found)]


def index_promises(promises: Sequence[Promise]) -> Promises:
    """Index promises, under each thing and word the latest CROWD of them."""
    by_object: dict[str, list[Promise]] = defaultdict(list)
    by_word: dict[str, list[Promise]] = defaultdict(list)
    for one in sorted(promises, key=lambda promise: (promise.first_said, promise.id), reverse=True):
        for thing in one.things.objects:
            if len(by_object[thing]) < CROWD:
                by_object[thing].append(one)
        for word in {word for quote in one.quotes for word in telling_words(quote)}:
            if len(by_word[word]) < CROWD:
                by_word[word].append(one)
    return Promises(by_object, by_word)


def kept_by(quote: str, action: str, said_on: date, promises: Sequence[Promise]) -> tuple[str, str] | None:
    """Return (commitment, reason in words) of the promise that a delivery is evidence of; None where none or several.

    The thing must be named by the delivery's own words, the action the same, and nothing may clash.
    """
    own = find_things(quote)
    found = []
    for promise in promises:
        if said_on < promise.first_said or clash(own, promise.things) or is_of_the_one_before(promise, quote, said_on):
            continue
        acts = promise.actions - {"accept", "refuse"}
        shared = own.objects & promise.things.objects
        # of a part of a wider thing little else can be promised: the class of action need not be known
        is_narrow = "other" in acts and any(named_thing(thing).within for thing in shared)
        if action != "other" and not is_narrow and not any(actions_agree(action, other) for other in acts):
            continue
        alike = max(fuzz.token_set_ratio(quote, other) for other in promise.quotes)
        if shared and (action != "other" or own.aspects & promise.things.aspects):
            found.append((2, alike, promise.id, f"both are about the {named_thing(min(shared)).name}"))
        elif not (own.objects and promise.things.objects) and (alike >= ALIKE or _same_words(quote, action, promise)):
            found.append((1, alike, promise.id, "in words that are alike"))
    if not found:
        return None
    best = max(found)
    return best[2], best[3]


def is_of_the_one_before(promise: Promise, quote: str, said_on: date) -> bool:
    """Tell whether what was done may be what came before the further one that is promised.

    On the day of such a promise it is; later it need not be, if it says so itself or says that it is done today.
    """
    is_own = TODAY.search(quote) or FURTHER.search(quote)
    return promise.is_further and (said_on == promise.first_said or not is_own)


def _same_words(quote: str, action: str, promise: Promise) -> bool:
    """Tell whether a delivery and a promise are about the same, by most telling words beside the verbs of the act."""
    mine = telling_words(quote) - _stems_of(action)
    for other in promise.quotes:
        theirs = telling_words(other) - _stems_of(action)
        shared = len(mine & theirs)
        if shared >= max(FEWEST, MOST * min(len(mine), len(theirs))) and not contrast(quote, other):
            return True
    return False


@cache
def _stems_of(action: str) -> frozenset[str]:
    """Return the stems of the verbs of a class of action in all their forms."""
    lexicon = load_lexicon()
    forms = [lexicon.base, lexicon.present, lexicon.ing, lexicon.past, lexicon.done]
    return telling_words(
        " ".join(word for each in forms for word, base in each.items() if lexicon.actions.get(base) == action)
    )


def kept_by_publication(
    kind: str, title: str, document: str, published: date, promises: Sequence[Promise]
) -> list[tuple[str, str]]:
    """Return (commitment, reason in words) of promises that a publication's own title and kind match."""
    named = find_things(title)
    found = []
    for promise in promises:
        if published < promise.first_said or document in promise.documents or clash(named, promise.things):
            continue
        if published == promise.first_said and promise.is_further:
            continue
        shared = named.objects & promise.things.objects
        wanted = {"consult"} if kind in CONSULTATIONS else {"publish", "respond"}
        if shared and wanted & promise.actions and (named.aspects & promise.things.aspects or kind in CONSULTATIONS):
            found.append((promise.id, f"a publication about the {named_thing(min(shared)).name}: {title}"))
    return found
