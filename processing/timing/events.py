"""Timing tied to an event without a known date: `once the inquiry reports`, `following the consultation`."""

from __future__ import annotations

import re

from processing.timing.words import word_set

_NOUN = (
    r"(?:requests?|applications?|notifications?|complaints?|clauses?|sections?|provisions?|chapter|schedule"
    r"|inquiry|enquiry|inquiries|review|reviews|consultations?"
    r"|reports?|bill|act|regulations|legislation"
    r"|strategy|pilots?|evaluations?"
    r"|audit|authority|responses?|assessments?|trials?|investigations?|panel|commission|passage|implementation"
    r"|commencement"
    r"|guidance|results?|findings|appointments?|recommendations?|publication|completion|conclusion|introduction"
    r"|launch|process"
    r"|work|discussions?|negotiations|programme|scheme|framework|system|duty|code|plan|plans|measures?"
    r"|statement|proposals?|outcome|evidence|exercise|procurement|recruitment|proceedings|decision|analysis"
    r"|consideration|approval"
    r"|enactment|receipt|study|research|survey|engagement|scoping|phase|stage|project|white paper|green paper"
    r"|draft|order|instrument"
    r"|vote|hearing|hearings|prosecution|appeal|debate|roundtable|summit|meeting|period|arrangements|powers|reforms?|versions?)"
)
_THE = r"(?:the|this|that|these|those|its|their|our|his|her|any|such|each|all|a|an|full|public|further)"
_WORD = (
    r"(?!(?:we|i|they|you|who|which|that|what|and|but|to|will|is|are|was|were|has|have|in|on|for|with|at|by"
    r"|the|a|an)\b)[\w'-]+"
)
_SUBJECT = (
    rf"(?:(?:they|it|this|that|we)|(?!what|all that)(?:{_THE} )?(?:{_WORD} ){{0,6}}?{_WORD}(?: (?:of|into"
    rf"|on|by|from|to|for|at|in) (?:{_WORD} ?){{1,6}}?)?)"
)
_NOUN_SUBJECT = (
    rf"(?:(?:{_THE} )?(?:{_WORD} ){{0,5}}?{_NOUN}(?: \d+)?"
    rf"(?: (?:of|into|on|by|from|to|for) (?:(?:and |the )?{_WORD} ?){{1,6}}?)?)"
)
_DONE = (
    r"(?:complete[d]?|ready|published|finished|done|available|out|in place|over|concluded|known|passed|launched"
    r"|enacted|introduced|in force"
    r"|set up|established|through|received|agreed|implemented|finalised|appointed|in post|up and running"
    r"|operational|law|made|commenced|laid|in operation|in effect)"
)
_VERB = (
    r"(?:has|have|is|are|concludes?|reports?|finish(?:es)?|ends?|completes?|comes? (?:into force|forward|back"
    r"|to an end|out)|closes?|opens?"
    r"|passes|becomes?|begins?|starts?|receives?|publishes|responds?|returns?|takes? (?:place|effect|office)"
    r"|goes live|delivers?|makes?|gives?|sets?|lands|arrives?|emerges?|can)"
)
# a pronoun begins the next clause, unless it belongs to the word before: `about it`, `what it says`
_BINDING = ("what", "which", "how", "whether", "about", "of", "to", "from", "for", "on", "with")
_BOUND = "".join(rf"(?<! {word})" for word in _BINDING)
_END = (
    r"(?=[,.;:!?~()]|$| (?:and|but|so|because|while|there|then|will|which|who|with"
    r"|the government|ministers|my department|the department|the home office)\b"
    rf"|{_BOUND} (?:we|i|it|they)\b)"
)
_TAIL = rf"(?: [^,.;:!?~()]{{0,90}}?)?{_END}"

EVENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "EVENT-ONCE",
        re.compile(rf"(?:once|as soon as|until|after) {_SUBJECT} {_VERB}\b{_TAIL}"),
    ),
    (
        "EVENT-ISSUED",
        re.compile(
            rf"(?:once|as soon as|until) (?:(?:{_THE}) )?(?:{_WORD} ){{1,4}}?"
            r"(?:issues|brings|lays|approves|agrees|decides|submits|announces|confirms|determines|provides"
            r"|completes|signs)"
            rf"\b{_TAIL}"
        ),
    ),
    (
        "EVENT-SAME-DAY",
        re.compile(
            r"(?:on the (?:same )?(?:day|date) (?:after|that|on which|when|as)|at the same (?:time"
            r"|moment) (?:as|that))"
            rf" [^,.;:!?~()]{{1,90}}?{_END}"
        ),
    ),
    ("EVENT-DONE-SO", re.compile(rf"(?:when|once) (?:it|they|he|she|we|i) (?:has|have) done so{_END}")),
    (
        "EVENT-NEXT-MET",
        re.compile(rf"when (?:it|they|we|i|he|she) (?:am |are |is )?next (?:meets?|speaks?|sees?|sits?){_TAIL}"),
    ),
    (
        "EVENT-IN-HAND",
        re.compile(
            r"(?:when|once|as soon as|until) (?:i|we) (?:(?:am|are) next (?:in|at|there)\b"
            r"|(?:have|receive|get)(?! to\b) (?:the|that|this|those|these|them|it|its|his|her|their|more|an answer"
            r"|seen|had|received|heard|got|completed|concluded|considered|finished|reached|worked)\b"
            rf"|hear (?:back|from)\b|know (?:more|which|what|how)\b){_TAIL}"
        ),
    ),
    (
        "EVENT-REACHED",
        re.compile(
            r"(?:before|when|by the time|once|until) (?:we|they|it|the (?:bill|house)) (?:reach(?:es)?|gets? to"
            r"|comes? to)"
            rf" (?:{_WORD} ?){{1,4}}?{_END}"
        ),
    ),
    ("EVENT-SUCH-TIME", re.compile(rf"(?:until|till) such time as [^,.;:!?~()]{{1,90}}?{_END}")),
    (
        "EVENT-AFTERWARDS",
        re.compile(rf"(?:straight|soon|shortly|immediately) (?:afterwards|thereafter)\b{_END}|thereafter\b{_END}"),
    ),
    (
        "EVENT-WHEN",
        re.compile(
            rf"(?:when|before|by the time|whenever|the moment) (?:{_NOUN_SUBJECT} {_VERB}|(?:they|it) (?:(?:is"
            rf"|are|has been|have been)(?: all| both| fully| finally)? {_DONE}|comes? into force|reports"
            rf"|concludes|receives))\b{_TAIL}"
        ),
    ),
    (
        "EVENT-ALLOWED",
        re.compile(
            r"(?:within|inside|in) (?:the|that|its|their) [\w-]+ (?:days?|weeks?|months?|years?|period|time"
            r"|timeframe|deadline|timetable|timescale)s?"
            r"(?: limit)? (?:that|which|set|allowed|given|laid down|required|specified|recommended"
            rf"|requested)\b(?! (?:i|we) have been){_TAIL}"
        ),
    ),
    (
        "EVENT-NOUN",
        re.compile(
            r"(?:after|following|before|ahead of|prior to|upon|pending|in advance of|at|by|until|from"
            r"|subsequent to"
            # "guidance on the introduction of" says what about, "on completion of" says when
            r"|(?<!consultation )(?<!report )(?<!guidance )(?<!paper )(?<!views )"
            r"on(?=(?: the)? (?:completion|conclusion|publication|commencement|enactment|receipt) ))(?: the)?"
            r" (?:completion|conclusion|publication|commencement|implementation|enactment|receipt|introduction"
            r"|passage|launch|end|close|outcome|start|appointment|establishment|approval|finalisation)"
            rf"(?: (?:of|into|date)\b)(?: (?:{_THE} )?(?:{_WORD} ){{0,5}}?{_NOUN}\b)(?: (?:of|into|on|by|from|to"
            rf"|for) (?:{_WORD} ?){{1,5}}?)?{_END}"
        ),
    ),
    (
        "EVENT-BARE",
        re.compile(
            rf"(?:after|following|before|ahead of|prior to|upon|pending|in advance of|until|subsequent to|on) "
            rf"(?:(?:completion|publication|commencement|implementation|enactment|introduction|royal assent)\b(?! of)"
            rf"|(?<!on )(?:{_THE} )(?:{_WORD} ){{0,4}}?{_NOUN}\b(?: (?:of|into|on|by"
            rf"|from) (?:{_WORD} ?){{1,6}}?)?|(?<!on )(?:(?:full|public|further|wider) )?consultation\b"
            rf"(?: (?:with|on) (?:{_WORD} ?){{1,5}}?)?){_END}"
        ),
    ),
)
EVENT_HEADS = word_set(
    """
    once as until after when before by whenever the within inside in following ahead prior upon pending on at from
    subsequent straight soon shortly immediately thereafter
    """
)

_ANCHOR = re.compile(
    r" ?(?P<how>of|after|from|following|beginning with|starting with|starting from|before|prior to|since"
    rf"|on) (?P<what>(?:{_THE} )?(?:{_WORD} ){{0,5}}?{_NOUN}\b"
    r"(?: (?:being |reporting|concluding|publishing|completing|closing|ending|of|into|on|by|from"
    rf"|to)(?: ?{_WORD}){{0,6}}?)?|(?:it|that|this)(?: (?:being |reporting"
    rf"|concluding)(?: ?{_WORD}){{0,3}}?)?){_END}"
)
_ANY_ANCHOR = re.compile(
    r" ?(?:of|after|from|following) (?:the|a|an|its|their|each|any|that|this|his|her|our"
    rf"|such) (?:{_WORD} ?){{1,6}}?{_END}"
)
_NO_PROMISE = re.compile(
    r" ?(?:of|after|from|following|before|since) (?:(?:the|a|an|their|his|her|any|its|being|that|every"
    r"|each) )*(?:[\w'-]+ ){0,3}?(?:birth|conception|death|diagnosis|offence|offending|arrest|referral|referrals"
    r"|conviction"
    r"|release|sentence|sentencing|charge|abuse|incident|assault|disclosure|admission|discharge|removal"
    r"|placement|age|[\w]+th birthday)\b"
)


def event_at(low: str, place: int) -> tuple[str, int] | None:
    """Return the rule of the event words at that offset and the offset of their end."""
    best: tuple[str, int] | None = None
    for rule, words in EVENTS:
        found = words.match(low, place)
        if found and (best is None or found.end() > best[1]):
            best = rule, found.end()
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
