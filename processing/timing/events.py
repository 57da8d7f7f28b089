"""Timing tied to an event without a known date: `once the inquiry reports`, `following the consultation`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from processing.timing.phrases import spelled_out

if TYPE_CHECKING:
    from processing.timing.scene import Scene

_NOUN = (
    r"(?:requests?|applications?|notifications?|complaints?|clauses?|sections?|provisions?|chapter|schedule"
    r"|inquiry|enquiry|inquiries|review|reviews|consultations?|reports?|bill|act|regulations|legislation|strategy"
    r"|pilots?|evaluations?|audit|authority|responses?|assessments?|trials?|investigations?|panel|commission|passage"
    r"|implementation|commencement|guidance|results?|findings|appointments?|recommendations?|publication|completion"
    r"|conclusion|introduction|launch|process|work|discussions?|negotiations|programme|scheme|framework|system|duty"
    r"|code|plan|plans|measures?|statement|proposals?|outcome|evidence|exercise|procurement|recruitment|proceedings"
    r"|decision|analysis|consideration|approval|enactment|receipt|study|research|survey|engagement|scoping|phase"
    r"|stage|project|white paper|green paper|draft|order|instrument|vote|hearing|hearings|prosecution|appeal|debate"
    r"|roundtable|summit|meeting|period|arrangements|powers|reforms?|versions?|contracts?|tenders?|round|rounds"
    r"|cohorts?|rulings?|judgments?|verdicts?|transition|roll-?out|opening|sittings?|board|tribunal|taskforce|census)"
)
_THE = r"(?:the|this|that|these|those|its|their|our|his|her|any|such|each|all|a|an|full|public|further)"
_WORD = (
    r"(?!(?:we|i|they|you|who|which|that|what|and|but|to|will|is|are|was|were|has|have|in|on|for|with|at|by"
    r"|the|a|an)\b)[\w'-]+"
)
_OF = rf"(?: (?:of|into|on|by|from|to|for|at|in|with) (?:{_THE} )?(?:{_WORD} ){{0,5}}?{_WORD})"
_THING = rf"(?:{_THE} )?(?:{_WORD} ){{0,5}}?{_WORD}{_OF}{{0,2}}?"
_SUBJECT = rf"(?:they|it|this|that|we|(?!what|all that){_THING})"
_NOUN_SUBJECT = (
    rf"(?:(?:{_THE} )?(?:{_WORD} ){{0,5}}?{_NOUN}(?: \d+)?"
    rf"(?: (?:of|into|on|by|from|to|for) (?:(?:and |the )?{_WORD} ?){{1,6}}?)?)"
)
_DONE = (
    r"(?:complete[d]?|ready|published|finished|done|available|out|in place|over|concluded|known|passed|launched"
    r"|enacted|introduced|in force|set up|established|through|received|agreed|implemented|finalised|appointed|in post"
    r"|up and running|operational|law|made|commenced|laid|in operation|in effect)"
)
_VERB = (
    r"(?:has|have|is|are|concludes?|reports?|finish(?:es)?|ends?|completes?|comes? (?:into force|forward|back"
    r"|to an end|out)|closes?|opens?|passes|becomes?|begins?|starts?|receives?|publishes|responds?|returns?"
    r"|takes? (?:place|effect|office|up)|goes live|delivers?|makes?|gives?|sets?|lands|arrives?|emerges?|can)"
)
_PARTICIPLE = (
    r"(?:[a-z]{3,}ed|[a-z]{2,}en|made|set|put|cut|let|built|sent|told|met|paid|laid|held|found|brought|kept|read|done"
    r"|won)"
)
_RUNS_OUT = r"(?:comes? up for|falls? due|expires?|lapses?|ends?|closes?|opens?|begins?|starts?|rolls? out|matures?)"
# a pronoun begins the next clause, unless it belongs to the word before: `about it`, `what it says`
_BINDING = ("what", "which", "how", "whether", "about", "of", "to", "from", "for", "on", "with")
_BOUND = "".join(rf"(?<! {word})" for word in _BINDING)
_END = (
    r"(?=[,.;:!?~()]|$| (?:and|but|so|because|while|there|then|will|which|who|with"
    r"|the government|ministers|my department|the department|the home office)\b"
    rf"|{_BOUND} (?:we|i|it|they)\b)"
)
_ANY = r"[^,.;:!?~()]{1,90}?"
_TAIL = rf"(?: [^,.;:!?~()]{{0,90}}?)?{_END}"
_ACT = (
    r"(?:completion|conclusion|publication|commencement|implementation|enactment|receipt|introduction|passage|launch"
    r"|appointment|establishment|approval|finalisation|opening|closure|signing|award|adoption|arrival)"
)
_EDGE = r"(?:end|close|outcome|start|beginning|conclusion)"
_BEFORE_OR_AFTER = (
    "after/following/before/upon/pending/until",
    "ahead of",
    "prior to",
    "in advance of",
    "subsequent to",
    "in (good) time for",
    "ready for",
    "in the run-up/lead-up to",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Event:
    """A row of the table: the id, the phrases that it begins with, and the words behind them."""

    id: str
    phrases: tuple[str, ...]
    rest: re.Pattern[str]


def _event(name: str, starts: tuple[str, ...], rest: str) -> Event:
    return Event(id=f"EVENT-{name}", phrases=tuple(spelled_out(starts)), rest=re.compile(rf" ?{rest}"))


EVENTS: tuple[Event, ...] = (
    _event("ONCE", ("once/until/after", "as soon as"), rf"(?!(?:a|every|each|per) ){_SUBJECT} {_VERB}\b{_TAIL}"),
    _event(
        "ISSUED",
        ("once/until", "as soon as"),
        rf"(?:(?:{_THE}) )?(?:{_WORD} ){{1,4}}?(?:issues|brings|lays|approves|agrees|decides|submits|announces"
        rf"|confirms|determines|provides|completes|signs)\b{_TAIL}",
    ),
    _event(
        "SAME-DAY", ("on the (same) day/date after/that/when/as", "on the (same) day/date on which"), rf"{_ANY}{_END}"
    ),
    _event(
        "SAME-TIME",
        ("at the same time/moment as/that", "at the point/stage when/that", "at the moment when"),
        rf"{_ANY}{_END}",
    ),
    _event("POINT", ("at the point/moment/stage at which",), rf"{_ANY}{_END}"),
    _event("ON-DAY", ("on the (same) day/date",), rf"{_NOUN_SUBJECT} {_VERB}\b{_TAIL}"),
    _event("DONE-SO", ("when/once it/they/he/she/we/i has/have done so",), _END),
    _event(
        "NEXT-MET",
        ("when/until",),
        rf"(?:{_SUBJECT}|i|he|she) (?:am |are |is )?next (?:meets?|speaks?|sees?|sits?)\b{_TAIL}",
    ),
    _event(
        "IN-HAND",
        ("when/once/until i/we", "as soon as i/we"),
        r"(?:(?:am|are) next (?:in|at|there)\b"
        r"|(?:have|receive|get)(?! to\b) (?:the|that|this|those|these|them|it|its|his|her|their|more|an answer"
        r"|seen|had|received|heard|got|completed|concluded|considered|finished|reached|worked)\b"
        rf"|hear (?:back|from)\b|know (?:more|which|what|how)\b){_TAIL}",
    ),
    _event(
        "REACHED",
        ("before/when/once/until", "by the time"),
        rf"(?:we|they|it|the (?:bill|house)) (?:reach(?:es)?|gets? to|comes? to) (?:{_WORD} ?){{1,4}}?{_END}",
    ),
    _event("SUCH-TIME", ("until/till such time as",), rf"{_ANY}{_END}"),
    _event("AFTERWARDS", ("straight/soon/shortly/immediately afterwards/thereafter", "thereafter"), rf"\b{_END}"),
    _event(
        "WHEN",
        ("when/before/whenever", "by the time (that)", "the moment"),
        rf"(?:{_NOUN_SUBJECT} {_VERB}|(?:they|it) (?:(?:is|are|has been|have been)(?: all| both| fully| finally)?"
        rf" {_DONE}|comes? into force|reports|concludes|receives))\b{_TAIL}",
    ),
    _event(
        "DONE-BEFORE",
        ("before", "by the time (that)"),
        rf"(?:it|they|(?!the (?:house|committee|court|bill)\b){_THE} (?:{_WORD} ){{0,5}}?{_WORD}{_OF}?)"
        rf" (?:(?:is|are|has been|have been) {_PARTICIPLE}|goes? live|comes? into|takes effect|starts|begins|opens)\b"
        rf"{_TAIL}",
    ),
    _event("RUNS-OUT", ("as/when/until/once",), rf"{_THE} (?:{_WORD} ){{1,4}}?{_RUNS_OUT}\b{_TAIL}"),
    _event(
        "ALLOWED",
        ("within/inside/in the/that/its/their",),
        r"[\w-]+ (?:days?|weeks?|months?|years?|period|time|timeframe|deadline|timetable|timescale)s?"
        r"(?: limit)? (?:that|which|set|allowed|given|laid down|required|specified|recommended"
        rf"|requested)\b(?! (?:i|we) have been){_TAIL}",
    ),
    _event(
        "NOUN",
        (*_BEFORE_OR_AFTER, "at/by/from/during"),
        rf"(?:the )?(?:{_ACT}|{_EDGE}) (?:of|into|date) {_NOUN_SUBJECT}{_END}",
    ),
    _event("ACT", _BEFORE_OR_AFTER, rf"(?:the |its |their |our )?{_ACT} (?:of|into) {_THING}{_END}"),
    # "guidance on the introduction of" says what about, "on completion of" says when
    _event(
        "ON-ACT",
        ("on",),
        r"(?<!consultation on )(?<!report on )(?<!guidance on )(?<!paper on )(?<!views on )(?:the )?(?:completion"
        rf"|conclusion|publication|commencement|enactment|receipt)(?: (?:of|into|date) {_NOUN_SUBJECT})?{_END}",
    ),
    _event(
        "BARE",
        _BEFORE_OR_AFTER,
        rf"(?:(?:completion|publication|commencement|implementation|enactment|introduction|royal assent)\b(?! of)"
        rf"|(?<!look after )(?<!looking after ){_THE} (?:{_WORD} ){{0,4}}?{_NOUN}\b{_OF}{{0,2}}?"
        rf"|(?:(?:full|public|further|wider) )?consultation\b(?: (?:with|on) (?:{_WORD} ?){{1,5}}?)?){_END}",
    ),
    _event("IN-TIME", ("in (good) time for",), rf"{_THE} {_ANY}{_END}"),
    _event(
        "MEETING",
        ("at the/our/its/their/my/his/her next/first/last/final/following/forthcoming/coming",),
        rf"(?:{_WORD} )?(?:meeting|sitting|summit|hearing|conference|roundtable|debate|gathering|forum)\b"
        rf"{_OF}{{0,2}}?{_END}",
    ),
    _event(
        "DURING",
        ("during/throughout/for the",),
        rf"(?:passage|duration|lifetime|life|course|length|progress) of {_NOUN_SUBJECT}{_END}",
    ),
)

_HOW = (
    r"(?:of|after|from|following|beginning with|starting with|starting from|before|ahead of|prior to|since|on from|on)"
)
_ANCHOR = re.compile(
    rf" ?{_HOW} (?:(?:{_THE} )?(?:{_WORD} ){{0,5}}?{_NOUN}\b"
    r"(?: (?:being |reporting|concluding|publishing|completing|closing|ending|of|into|on|by|from"
    rf"|to)(?: ?{_WORD}){{0,6}}?)?|(?:it|that|this)(?: (?:being |reporting"
    rf"|concluding)(?: ?{_WORD}){{0,3}}?)?){_END}"
)
_ANY_ANCHOR = re.compile(
    rf" ?(?:of|after|from|following|before|on from) (?:the (?:day|date) (?:on which|that|when|of)|{_THE}|[a-z]+ing"
    rf"|his|her|such|publication|receipt) {_ANY}{_END}"
)
_NO_PROMISE = re.compile(
    r" ?(?:of|after|from|following|before|since) (?:(?:the|a|an|their|his|her|any|its|being|that|every"
    r"|each) )*(?:[\w'-]+ ){0,3}?(?:birth|conception|death|diagnosis|offence|offending|arrest|referral|referrals"
    r"|conviction|release|sentence|sentencing|charge|abuse|incident|assault|disclosure|admission|discharge|removal"
    r"|placement|age|[\w]+th birthday)\b"
)


def event_at(scene: Scene, place: int) -> tuple[str, int] | None:
    """Return the rule of the longest event words at that offset and the offset of their end."""
    best: tuple[str, int] | None = None
    for row, end in scene.index.phrases_at(Event, place):
        rest = row.rest.match(scene.low, end)
        if rest and (best is None or rest.end() > best[1]):
            best = row.id, rest.end()
    return best


def anchor_at(low: str, place: int) -> int | None:
    """Return the end of ` of the inquiry reporting` after a duration: the event that it counts from.

    Whatever stands behind `of the` or `after a` is taken for one: to leave it out would invent a date.
    """
    found = _ANCHOR.match(low, place) or _ANY_ANCHOR.match(low, place)
    return found.end() if found else None


def is_no_promise(low: str, place: int) -> bool:
    """Tell whether a duration counts from something that happens to a person: `of birth`, `of the offence`."""
    return _NO_PROMISE.match(low, place) is not None
