"""Which clauses of a sentence may promise something or tell of something done, with the exact span of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processing.extraction.clause_ends import clause_end
from processing.extraction.subject_starts import subject_start
from processing.extraction.verb_groups import VerbGroup, verb_group
from processing.language.function_words import AUXILIARIES, DETERMINERS, PREPOSITIONS, STOPS
from processing.language.tokens import Words, is_adverb
from processing.language.verbs import load_lexicon

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from processing.extraction.cues import CueRule

LEXICON = load_lexicon()
_NOT_ING = frozenset(
    [
        "nothing",
        "something",
        "anything",
        "everything",
        "during",
        "morning",
        "evening",
        "king",
        "thing",
        "bring",
        "string",
        "willing",
        "according",
        "following",
        "outstanding",
        "interesting",
        "harrowing",
        "shocking",
        "worrying",
        "striking",
        "encouraging",
    ]
)
_NOT_DONE = frozenset(["indeed", "need", "speed", "hundred", "united", "red"])
_NO_GERUND_OF_NOUNS = frozenset(["on", "of", "as", "our", "through", "by"])


class Candidate(NamedTuple):
    """A clause that may hold a record. All indices count words; `end` is exclusive.

    `trigger` is the first word of the cue, `verb` the index of the verb that acts; `shared` says that it shares the
    subject of an earlier clause, whose first word is `head`; `subject_end` is the index after the subject.
    """

    start: int
    end: int
    trigger: int
    head: int
    group: VerbGroup
    rules: tuple[CueRule, ...]
    shared: bool
    subject_end: int


def candidates(words: Words, found: Iterable[tuple[CueRule, re.Match[str]]]) -> list[Candidate]:
    """Return the clauses that the cues open, in order, one for each span."""
    by_span: dict[tuple[int, int], Candidate] = {}
    for rule, match in found:
        for candidate in _opened(words, rule, match):
            span = (candidate.start, candidate.end)
            known = by_span.get(span)
            if known is None:
                by_span[span] = candidate
            elif rule not in known.rules:
                by_span[span] = _together(known, candidate)
    return sorted(by_span.values(), key=lambda candidate: (candidate.start, candidate.end))


def _opened(words: Words, rule: CueRule, match: re.Match[str]) -> list[Candidate]:
    trigger = words.at(match.start())
    if trigger >= len(words.words) or not _fits(words.words, trigger, rule.id):
        return []
    group = _group_of(words, rule, match, trigger)
    if group is None:
        return []
    verb = group.at if group.at >= 0 else trigger
    if rule.form in ("gerund", "point", "point-done"):
        start = verb
    elif rule.form == "noun":
        start = _noun_phrase(words.words, trigger)
    else:
        start = _whole(words.words, subject_start(words.words, _finite(words.words, trigger, rule.id)))
    end, second = clause_end(words.words, verb)
    finite = _finite(words.words, trigger, rule.id)
    head, subject_end = (start, finite) if start < finite else _carried(words.words, finite)
    found = [Candidate(start, end, trigger, head, group, (rule,), shared=head != start, subject_end=subject_end)]
    while second >= 0 and len(found) < 6:  # noqa: PLR2004 -- no sentence promises more in one breath
        place = second
        own = verb_group(words.words, place)
        end, second = clause_end(words.words, max(own.at, place))
        found.append(
            Candidate(
                place,
                end,
                trigger,
                head,
                own._replace(voice=group.voice if own.voice == "none" else own.voice),
                (rule,),
                shared=True,
                subject_end=subject_end,
            )
        )
    return [candidate for candidate in found if candidate.end > candidate.start]


def _together(known: Candidate, other: Candidate) -> Candidate:
    """Join two readings of one span: "will be happy to meet" is readiness first, and only then a plain future."""
    if known.group.base == "be" and other.rules[0].id in _SPECIFIC:
        return other._replace(rules=(*other.rules, *known.rules))
    return known._replace(rules=(*known.rules, *other.rules))


_SPECIFIC = frozenset(["HAPPY", "COMMITTED", "DUE", "PLANNED", "UNDER-WAY", "INTENTION", "SUBJECT-MATTER"])


def _carried(words: list[str], trigger: int) -> tuple[int, int]:
    """Return the subject that a clause without its own takes from the clause before: "we have met and have agreed"."""
    place = trigger - 1
    while place >= 0 and (is_adverb(words[place]) or words[place] == ","):
        place -= 1
    if place < 0 or words[place] not in ("and", "or", "but", "then"):
        return trigger, trigger
    for back in range(place - 1, -1, -1):
        if words[back] in STOPS or words[back] in (":", "\n\n"):
            break
        if words[back] in AUXILIARIES and words[back] not in ("be", "been", "being"):
            start = subject_start(words, back)
            return (start, back) if start < back else (trigger, trigger)
    return _opening(words) or (trigger, trigger)


def _opening(words: list[str]) -> tuple[int, int] | None:
    """Return the Government, "we" or "I" where the sentence opens with it."""
    return next(((0, place + 1) for place, word in enumerate(words[:3]) if word in ("we", "i", "government")), None)


_NOT_FINITE = frozenset(["DUE", "UNDER-WAY", "ACCEPTED", "DECIDED", "IN-FORCE", "SUBJECT-MATTER"])


def _finite(words: list[str], trigger: int, cue: str) -> int:
    """Return the index of the finite helper that a cue such as "due" or "under way" leans on; else the cue's own."""
    place = trigger
    if cue in _NOT_FINITE:
        while place > 0 and is_adverb(words[place - 1]):
            place -= 1
        while place > 0 and words[place - 1] in AUXILIARIES:
            place -= 1
    return place if place == trigger or words[place] in AUXILIARIES else trigger


def _whole(words: list[str], start: int) -> int:
    """Return where the whole sentence of "X is one that we accept" starts: at X and not at "we"."""
    place = start - 1
    if place > 0 and words[place] in ("that", "which"):
        place -= 1
    if place > 1 and words[place] in ("one", "something") and words[place - 1] in ("is", "was", "are", "as"):
        return subject_start(words, place - 1)
    return start


def _group_of(words: Words, rule: CueRule, match: re.Match[str], trigger: int) -> VerbGroup | None:
    form = rule.form
    if form in ("base", "going"):
        at = trigger if form == "base" else words.at(match.end()) - 1
        group = verb_group(words.words, at)
        return group if group.at >= 0 or group.base else _unsaid(words.words, at, group)
    if form in ("to", "to-be", "to-verb"):
        start = words.at(match.end())
        if start >= len(words.words):
            return None
        group = verb_group(words.words, start if words.words[start] != "to" else start + 1)
        known = group.at >= 0 and (
            group.base in LEXICON.kinds
            or group.voice == "passive"
            or words.words[group.at] not in DETERMINERS | PREPOSITIONS
        )
        is_denied = group.negated or any(word in _NOT for word in words.words[max(0, trigger - 2) : trigger])
        return group._replace(negated=is_denied) if known else None
    if form in ("none", "noun"):
        reach = 12 if rule.id == "WANT-DONE" else 4
        return _led(words.words, trigger, max(trigger, words.at(match.end()) - 1), reach)
    return _by_form(words, rule, match, trigger)


_NOT = frozenset(["not", "never", "don't", "doesn't", "didn't"])


def _unsaid(words: list[str], at: int, group: VerbGroup) -> VerbGroup | None:
    """Return the verb that "of course we will" leaves unsaid: a promise to do what was asked."""
    after = words[at + 1 : at + 2]
    ends = not after or after[0] in STOPS or after[0] in (",", "—", "-")
    return group._replace(at=at, base="do", voice="active") if ends and words[at - 1] in ("i", "we") else None


def _led(words: list[str], trigger: int, at: int, reach: int) -> VerbGroup:
    """Return the verb that a cue leads to within some words ("happy" + "to meet"), or the cue's own last word."""
    negated = _negated(words, trigger)
    for place in range(at, min(at + reach, len(words) - 1)):
        if words[place] == "to":
            group = verb_group(words, place + 1)
            if group.at >= 0 and (words[group.at] in LEXICON.base or group.voice == "passive"):
                return group._replace(negated=negated)
            if group.at >= 0 and words[group.at] in LEXICON.ing:
                return group._replace(base=LEXICON.ing[words[group.at]], negated=negated)
        if words[place] in LEXICON.ing and place > trigger:
            return VerbGroup(place, LEXICON.ing[words[place]], "active", "progressive", negated)
    if words[at] in ("gladly", "happily") and at + 1 < len(words):
        return verb_group(words, at + 1)._replace(negated=negated)
    return VerbGroup(at, _base(words[at]), "none", "simple", negated)


def _fits(words: list[str], trigger: int, cue: str) -> bool:
    """Tell whether the words before a cue let it be a finite verb."""
    place = trigger - 1
    while place >= 0 and is_adverb(words[place]):
        place -= 1
    before = words[place] if place >= 0 else ""
    if cue == "COMES":
        finite = before not in _NOT_BEFORE_FINITE and not is_possessive(before)
        return finite and (words[trigger] in LEXICON.present or words[trigger] in ("come", "take", "go"))
    if cue == "TOLD":
        return before not in ("be", "been", "being", "as", "to", "is", "are", "was", "were", "by") or (
            before in ("was", "were") and words[place - 1] == "it"
        )
    if cue in ("ACCEPT", "DUE", "DECIDED"):
        return before not in ("to", "as") or cue == "DUE"
    return True


_NOT_BEFORE_FINITE = frozenset(
    [
        "to",
        "will",
        "shall",
        "would",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "'ll",
        "the",
        "a",
        "an",
        "our",
        "my",
        "his",
        "her",
        "its",
        "their",
        "no",
        "not",
        "this",
        "these",
        "those",
        "any",
        "every",
        "each",
        "and",
    ]
)


def is_possessive(word: str) -> bool:
    """Tell whether a word ends in a possessive s."""
    return word.endswith(("'s", "s'"))


def _by_form(words: Words, rule: CueRule, match: re.Match[str], trigger: int) -> VerbGroup | None:
    verb = next((match.group(name) for name in match.groupdict() if match.group(name)), "")
    at = words.at(next(match.start(name) for name in match.groupdict() if match.group(name)))
    negated = _negated(words.words, trigger)
    if rule.form in ("done", "done-or-ing") and (
        verb in LEXICON.done or (verb.endswith("ed") and verb not in _NOT_DONE)
    ):
        passive = any(word in ("be", "been", "being", "was", "were", "is", "are") for word in words.words[trigger:at])
        return VerbGroup(at, LEXICON.done.get(verb, verb), "passive" if passive else "active", "perfect", negated)
    if rule.form in ("ing", "gerund", "done-or-ing") and _is_ing(verb, rule.form):
        return VerbGroup(at, LEXICON.ing.get(verb, verb), "active", "progressive", negated)
    forms, aspect = _PLAIN.get(rule.form or "", ({}, ""))
    return VerbGroup(at, forms[verb], "active", aspect, negated) if verb in forms else None


_PLAIN: dict[str, tuple[dict[str, str], str]] = {
    "past": (LEXICON.past, "past"),
    "point": (LEXICON.base, "simple"),
    "point-done": (LEXICON.done, "perfect"),
}


def _is_ing(verb: str, form: str) -> bool:
    return verb in LEXICON.ing or (form != "gerund" and verb.endswith("ing") and verb not in _NOT_ING)


def _negated(words: list[str], trigger: int) -> bool:
    return any(
        word in ("not", "never", "no") or word.endswith("n't") for word in words[max(0, trigger - 2) : trigger + 4]
    )


def _base(word: str) -> str:
    for forms in (LEXICON.base, LEXICON.present, LEXICON.done, LEXICON.past, LEXICON.ing):
        if word in forms:
            return forms[word]
    return word


def _noun_phrase(words: list[str], place: int) -> int:
    """Return where the noun phrase around a noun of promising starts: its determiner or possessive."""
    for back in range(place - 1, max(-1, place - 6), -1):
        if words[back] in DETERMINERS or words[back].endswith("'s"):
            return back
        if not (words[back].isalpha() or "-" in words[back]) or is_adverb(words[back]):
            break
    return place
