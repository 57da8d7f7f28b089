"""All that may be a record in a passage, with what the judge is told of each: the part that training and use share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from processing.extraction.clauses import Candidate, candidates
from processing.extraction.cues import GROUPS, CueRule, fired, load_cues
from processing.extraction.features import TIMES, SentenceScene, fixed_features, timed_features, when_of
from processing.extraction.readings import Reading, can_be, reading_of
from processing.language.function_words import STOPS
from processing.language.text import POINT, lead_above, normalise, quoted_spans, sentences
from processing.language.tokens import words_of
from processing.records import Cue
from processing.sources import PUBLISHED
from processing.timing import find_timings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processing.extraction.judge import Model
    from processing.language.tokens import Words
    from processing.records import SpokenPassage, Timing
    from processing.timing import Calendar

_SHORTEST = 2  # words: a quote of one word tells nobody anything


_LEADS = re.compile(
    r"\b(?:will|shall|going to|intends?|plans?|committed|commitments?|actions?|next steps)\b[^.]*$", re.MULTILINE
)
_HAVE = re.compile(r"\b(?:have|has|'ve|done so far|progress(?: made)?|achieved)(?: [a-z]+)*\s*:?\s*$")
_MINISTER_SAID = re.compile(
    r"\b(?:minister|secretary|chancellor)\b[^.\n]{0,60}\b(?:said|says|added|wrote)\b|\b(?:said|says|added)\b[^.\n]{0,40}\b(?:minister|secretary|chancellor)\b"
)
_SPEAKS = re.compile(r"\b(?:said|says|added|wrote|told|according to)\b")


class Proposal(NamedTuple):
    """A candidate in its place: `start`..`end` are offsets in the passage, `sentence` those of its sentence."""

    start: int
    end: int
    sentence: tuple[int, int]
    candidate: Candidate
    features: list[str]
    timing: Timing | None
    inside: tuple[Cue, ...]
    near: tuple[Cue, ...]


class Proposals(NamedTuple):
    """What a passage may promise and what it may say has been done."""

    text: str
    promises: list[Proposal]
    done: list[Proposal]


def propose(passage: SpokenPassage, calendar: Calendar, models: Mapping[str, Model] | None = None) -> Proposals:
    """Find every clause of a government passage that may be a record. `text` is normalised and in lower case.

    With `models`, clauses are left out that those will not accept whatever their timing: it is dear to read.
    """
    plain = normalise(passage.text)
    low = plain.lower()
    quoted = [span for span in quoted_spans(plain) if not _is_own_voice(passage, low, span)]
    spans = sentences(passage.text)
    promises: list[Proposal] = []
    done: list[Proposal] = []
    for position, (start, end) in enumerate(spans):
        if low[end - 1] == "?":  # a question promises nothing and tells of nothing done, whatever stands in it
            continue
        if quoted and any(first < end and start < last and first <= start and end <= last for first, last in quoted):
            continue
        found = _in_sentence(passage, low, (start, end), (position, len(spans)), calendar, models)
        for group, proposals in (("promise", promises), ("done", done)):
            proposals += [
                proposal for proposal in found[group] if not any(_is_told_by_other(proposal, quote) for quote in quoted)
            ]
    return Proposals(low, promises, done)


def _is_told_by_other(proposal: Proposal, quote: tuple[int, int]) -> bool:
    """Tell whether the greater part of a proposal is somebody else's words."""
    shared = min(proposal.end, quote[1]) - max(proposal.start, quote[0])
    return shared * 2 > proposal.end - proposal.start


def _keys(words: Sequence[str], low: str, start: int, length: int) -> set[str]:
    """Return the words that open cues, "£" where a sum stands, and "<point>" or "<done>" in a list of such things."""
    keys = set(words)
    if low.find("£", start, start + length) >= 0:
        keys.add("£")
    line = low.rfind("\n", 0, start) + 1
    if not (POINT.match(low, line) and line >= start - 6 and line):
        return keys
    opens = lead_above(low, line)
    lead = low[slice(*opens)] if opens else ""
    return keys | ({"<point>"} if _LEADS.search(lead) else {"<done>"} if _HAVE.search(lead) else set())


def time_of_lead(passage: SpokenPassage, start: int, calendar: Calendar) -> Timing | None:
    """Return the one time in the line that opens the list in which a point begins at `start`; None where there is none.

    "By the end of 2026 we will:" is every point's time. Its offsets are those of the passage.
    """
    text = passage.text
    line = text.rfind("\n", 0, start) + 1
    lead = lead_above(text, line) if POINT.match(text, line) else None
    if lead is None:
        return None
    told = text[slice(*lead)].rstrip()
    if not told.endswith(":") or not _LEADS.search(normalise(told).lower()):
        return None
    # what an earlier sentence of that line says is not the list's
    begin = lead[0] + max((end for _, end in sentences(told)[:-1]), default=0)
    words = text[begin : lead[0] + len(told)]
    found = find_timings(words, passage.spoken_on, passage.house, calendar, subject=passage.title)
    return replace(found[0], start=found[0].start + begin, end=found[0].end + begin) if len(found) == 1 else None


def _heading(title: str) -> str:
    """Return what kind of sitting or page a title tells of, where it bears on what is promised."""
    low = title.lower()
    if "bill" in low or "amendment" in low or "regulations" in low:
        return "law"
    if "question" in low or "engagements" in low:
        return "questions"
    if "response" in low or "recommendation" in low:
        return "response"
    return "strategy" if "strategy" in low or "plan" in low else "other"


def _is_own_voice(passage: SpokenPassage, low: str, span: tuple[int, int]) -> bool:
    """Tell whether a department's own publication quotes a minister: then the words are the Government's own."""
    if passage.source != PUBLISHED:
        return False
    before = low[max(0, span[0] - 160) : span[0]]
    introduced = [*_SPEAKS.finditer(before)]
    if introduced:
        return any(match.end() >= introduced[-1].end() for match in _MINISTER_SAID.finditer(before))
    return bool(_MINISTER_SAID.match(low[span[1] : span[1] + 80].lstrip(" ,")))


def _in_sentence(
    passage: SpokenPassage,
    low: str,
    span: tuple[int, int],
    position: tuple[int, int],
    calendar: Calendar,
    models: Mapping[str, Model] | None,
) -> dict[str, list[Proposal]]:
    start, end = span
    sentence = low[start:end]
    words = words_of(sentence)
    table = load_cues()
    keys = _keys(words.words, low, start, len(sentence))
    opening = list(fired(table, _OPENING, keys, sentence))
    opened = {group: _readings(words, opening, group) for group in _OPENING}
    if not opened["promise"] and not opened["done"]:
        return {"promise": [], "done": []}
    others = list(fired(table, _BESIDE, keys, sentence))
    marks = tuple((rule.id, match.start()) for rule, match in others)
    scene = SentenceScene(words, marks, passage.source, *position, _heading(passage.title))
    drafts = {
        group: _drafts(found, scene, models[_QUESTIONS[group]] if models else None) for group, found in opened.items()
    }
    if not drafts["promise"] and not drafts["done"]:
        return {"promise": [], "done": []}
    timings = find_timings(passage.text[start:end], passage.spoken_on, passage.house, calendar, subject=passage.title)
    return {
        group: [_proposal(draft, scene, span, timings, others, opening) for draft in found]
        for group, found in drafts.items()
    }


class Draft(NamedTuple):
    """A clause as read, with the features that do not hang on its timing."""

    reading: Reading
    features: list[str]


_QUESTIONS = {"promise": "commitment", "done": "delivery"}


def _drafts(found: Sequence[Reading], scene: SentenceScene, model: Model | None) -> list[Draft]:
    """Return clauses with their features, without those that a model will not accept whatever their timing."""
    drafts = [Draft(reading, fixed_features(reading, scene)) for reading in found]
    return [draft for draft in drafts if model is None or _may_pass(draft, scene, model)]


def _may_pass(draft: Draft, scene: SentenceScene, model: Model) -> bool:
    total = model.total(draft.features)
    return model.may_accept(total + model.most_by_timing) and any(
        model.may_accept(total + model.total(timed_features(draft.reading, scene, when))) for when in TIMES
    )


_OPENING = ("promise", "done")
_BESIDE = tuple(group for group in GROUPS if group not in _OPENING)


def _readings(words: Words, opening: Sequence[tuple[CueRule, re.Match[str]]], group: str) -> list[Reading]:
    """Return the clauses that the cues of a group open and that can be a record."""
    opened = candidates(words, [(rule, match) for rule, match in opening if rule.group == group])
    read = [reading_of(candidate, words.words) for candidate in opened if candidate.end - candidate.start >= _SHORTEST]
    return [reading for reading in read if can_be(reading, words.words)]


def _proposal(
    draft: Draft,
    scene: SentenceScene,
    span: tuple[int, int],
    timings: Sequence[Timing],
    others: Sequence[tuple[CueRule, re.Match[str]]],
    opening: Sequence[tuple[CueRule, re.Match[str]]],
) -> Proposal:
    candidate = draft.reading.candidate
    first = scene.words.starts[fronted(candidate, scene.words, timings)]
    last = scene.words.ends[candidate.end - 1]
    timing = _attached(timings, scene.words.starts[candidate.start], first, last)
    if timing and timing.start < last:
        last = max(last, timing.end)  # "on 3 Sept. 2026": the stop or hyphen of a date ends no clause
    cues = [Cue(id=rule.id, start=span[0] + match.start(), end=span[0] + match.end()) for rule, match in others]
    inside = tuple(cue for cue in cues if span[0] + first <= cue.start < span[0] + last)
    near = tuple(cue for cue in cues if cue not in inside)
    own = tuple(
        Cue(id=rule.id, start=span[0] + match.start(), end=span[0] + match.end())
        for rule, match in opening
        if rule in candidate.rules and scene.words.at(match.start()) == candidate.trigger
    )
    return Proposal(
        span[0] + first,
        span[0] + last,
        span,
        candidate,
        [*timed_features(draft.reading, scene, when_of(timing)), *draft.features],
        timing,
        (*own, *inside),
        near,
    )


_BEFORE_A_CLAUSE = frozenset(
    ["if", "should", "subject", "unless", "provided", "once", "when", "where", "until", "pending"]
)
_BOUNDS = STOPS | {":", "—", "-", "\n\n", "•"}
_BOUNDS_OF_SHARED = _BOUNDS | {",", "and", "or"}
_LONGEST_FRONT = 30  # words


def fronted(candidate: Candidate, words: Words, timings: Sequence[Timing]) -> int:
    """Return where a clause starts with the condition or time put before it: "If they agree, we will act"."""
    start = candidate.start
    told = words.words
    if start < 2 or told[start - 1] != ",":  # noqa: PLR2004 -- a word and a comma
        return start
    first = start - 2
    bounds = _BOUNDS_OF_SHARED if candidate.shared else _BOUNDS
    while first > 0 and told[first - 1] not in bounds:
        first -= 1
    if told[first] in ("and", "but", "so", "then") and first + 1 < start:
        first += 1
    if start - first > _LONGEST_FRONT:
        return start
    timed = any(words.starts[first] <= timing.start <= words.starts[first] + _NEAR_FRONT for timing in timings)
    return first if told[first] in _BEFORE_A_CLAUSE or timed else start


_NEAR_FRONT = 3  # characters: the time opens the clause


def _attached(timings: Sequence[Timing], core: int, first: int, last: int) -> Timing | None:
    """Return the timing of a clause: the first that reaches into it, else the one put before it."""
    inside = [timing for timing in timings if timing.start < last and first < timing.end]
    within = [timing for timing in inside if timing.end > core] or inside
    return next((timing for timing in within if timing.latest), within[0] if within else None)
