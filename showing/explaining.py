"""Why a saying was taken for a commitment and each of its fields has its value, in plain lines."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

from processing.extraction.cues import load_cues
from processing.extraction.judge import load_judge
from processing.extraction.recommendations import load_recommendations
from processing.language.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from showing.whole_commitment import ShownStatement

WIDTH = 100  # characters of a line
_STRONG = 0.005  # a weight that shows as 0.00 tells nobody anything


def explained(saying: ShownStatement) -> Iterator[str]:
    """Yield the lines that explain a saying: its sentence, the cues, the score, each field."""
    speaker = ", ".join(part for part in (saying.speaker, saying.post) if part) or "no speaker named"
    yield f"{saying.commitment or 'not joined yet'}, saying {saying.id}"
    yield f"  said on {saying.said_on} by {speaker} ({saying.house or 'no House'}); {saying.state}"
    yield f"  {saying.url}"
    yield from _wrapped("sentence", _sentence(saying))
    yield from _wrapped("quote", saying.quote)
    yield from _wrapped("in short", saying.why)
    yield "  cues"
    yield from (f"    {line}" for line in _cues(saying))
    threshold = load_judge()["commitment"].threshold
    yield f"  score      {saying.score:.2f}; from {threshold:.2f} it counts (rules {saying.rules_version})"
    yield from (f"    {line}" for line in _features(saying))
    yield from _fields(saying)


def _wrapped(name: str, words: str) -> list[str]:
    plain = " ".join(words.split())
    return textwrap.wrap(plain, WIDTH, initial_indent=f"  {name:<10} ", subsequent_indent=" " * 13)


def _sentence(saying: ShownStatement) -> str:
    end = saying.start + len(saying.quote)
    return " ".join(
        saying.passage_text[span.start : span.end]
        for span in sentences(saying.passage_text)
        if span.start < end and saying.start < span.end
    )


def _cues(saying: ShownStatement) -> Iterator[str]:
    known = load_cues().by_id
    for cue in json.loads(saying.cues):
        words = " ".join(saying.passage_text[cue["start"] : cue["end"]].split())
        about = known[cue["id"]].about if cue["id"] in known else "no longer in the table of cues"
        yield f"{cue['id']:<14} “{words}” at {cue['start']}: {about}"


def _features(saying: ShownStatement) -> Iterator[str]:
    for feature, weight in json.loads(saying.features):
        if abs(weight) >= _STRONG:
            yield f"{weight:+.2f} {'for' if weight > 0 else 'against'} it: {feature}"


def _fields(saying: ShownStatement) -> Iterator[str]:
    yield f"  owner      {saying.owner}: {_why_owner(saying)}"
    yield f"  firmness   {saying.firmness}: {_why_group(saying, _FIRMNESS[saying.firmness])}"
    yield f"  novelty    {saying.novelty}: {_why_group(saying, _NOVELTY[saying.novelty])}"
    yield f"  action     {saying.action}: the class of its verb"
    yield from _timing(saying)
    titles = {one.id: one.title for each in load_recommendations() for one in each.recommendations}
    linked = [f"{name} ({titles.get(name, 'all of them')})" for name in saying.recommendations]
    yield f"  about      {'; '.join(linked) or 'no recommendation is named, and its subject is that of none'}"


_FIRMNESS = {
    "conditional": (("condition",), "the condition", "no condition"),
    "aspirational": (("soft",), "the words", "the kind of promise is an intention or an offer"),
    "firm": ((), "", "no condition and no soft words stand in the quote"),
}
_NOVELTY = {
    "restated": (("restated",), "the words", "an earlier saying is told again"),
    "new": ((), "", "nothing in or beside the quote says that it was said before"),
}


def _why_group(saying: ShownStatement, told: tuple[tuple[str, ...], str, str]) -> str:
    groups, found, otherwise = told
    known = load_cues().by_id
    for cue in json.loads(saying.cues):
        if cue["id"] in known and known[cue["id"]].group in groups:
            return f"{found} “{' '.join(saying.passage_text[cue['start'] : cue['end']].split())}” (cue {cue['id']})"
    return otherwise


def _why_owner(saying: ShownStatement) -> str:
    if saying.owner.lower() in _sentence(saying).lower():
        return "named in the sentence"
    if saying.owner == "Government":
        return "the Government is spoken of, or the speaker's post belongs to no department"
    return (
        f"“we”, “I” or nobody named, said by {saying.post or saying.speaker or 'its own publication'}, or named before"
    )


def _timing(saying: ShownStatement) -> Iterator[str]:
    if saying.timing is None:
        yield "  timing     none: no words in the quote say when"
        return
    bounds = f"{saying.earliest or 'no first day'} to {saying.latest or 'no last day'}"
    yield (
        f"  timing     “{saying.timing}” is {bounds}: rule {saying.timing_rule}, precision {saying.precision},"
        f" calendar {saying.calendar_version}"
    )
    if saying.look_again:
        yield f"             no deadline; we look again on {saying.look_again}, a day of ours and not the Government's"
