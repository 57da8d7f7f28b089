"""What looks like timing and is none of a promise: past references, names, things called after a season."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trap:
    """Words of what has been. Whatever they match holds one of the heads."""

    words: re.Pattern[str]
    heads: tuple[str, ...]


_PAST_WORDS = re.compile(
    r"(?:(?:in|over|during|for|within|across|throughout|from|at|by|on) )?(?:the |these |this |his |her |their "
    r"|our )?(?:last|past|previous|preceding) "
    r"(?:(?:\d+|[a-z]+(?:-[a-z]+)?) (?:or (?:\w+ ))?)?(?:hours?|days?|weeks?|months?|years?|decades?|fortnight"
    r"|spring|summer|autumn|winter|week|month|year|night|session|parliament"
    r"|term|quarter|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|christmas|easter"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|financial year|academic year|school year|budget"
    r"|spending review|election|general election)\b(?! (?:of|in) (?:the |this |next |20|march|june|september"
    r"|december))"
    r"(?: (?:alone|week|year))?"
)
_SINCE = re.compile(
    r"(?:ever )?since (?:the )?(?:then|(?:[\w'-]+ ){0,4}?(?=20\d\d|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|last|the|this|spring|summer|autumn|winter|[a-z]+day))"
)
_EARLIER = re.compile(
    r"(?:earlier|so far|already|thus far)(?: (?:in|on|during))? (?:this|the|in the|today|in) ?(?:afternoon"
    r"|morning|week|month|year|spring|summer|autumn|winter|session|parliament|decade|debate|20\d\d|[a-z]+)?"
)
LAST_YEAR = re.compile(
    r",?(?: of)? (?:last year|last month|last week|of that year|that year|of the previous year|the year before"
    r"|19\d\d)\b"
)
_AGO = re.compile(r"[\w-]+ (?:[\w-]+ )?(?:hours?|days?|weeks?|months?|years?|decades?) ago\b")
SINCE = Trap(words=_SINCE, heads=("since",))
TRAPS: tuple[Trap, ...] = (
    Trap(words=_PAST_WORDS, heads=("last", "past", "previous", "preceding")),
    Trap(words=_AGO, heads=("ago",)),
    Trap(words=_EARLIER, heads=("earlier", "so far", "already", "thus far")),
    SINCE,
)
_PAST_VERB = (
    r"(?:announced|said|told|published|launched|gave|set out|met|debated|accepted|wrote|laid|introduced|stated"
    r"|held|visited|spoke|asked|opened|closed|began"
    r"|started|came|came into force|passed|received|took|committed|confirmed|reported|happened|was|were|had|did"
    r"|made|found|signed|agreed|voted|heard|saw|went|learned|learnt"
    r"|issued|responded|promised|pledged|updated|consulted|commissioned|concluded|ended|appointed|established"
    r"|unveiled|raised|ran|sat|won|lost|died|arrested|convicted|sentenced|tabled|repeated|mentioned|outlined"
    r"|dated|left|put|spent|brought|built|cut|wrote|read|led|kept|sent|chose|fell|rose|grew|known|undertook|drew"
    r"|spoke|thought|felt|knew|understood|held|lost|meant|paid|stood|taught|swore|withdrew|bought|fought|ran|became"
    r"|began|got|caught|sought|struck|undertaken|drawn|given|taken|chosen|shown|driven|written|(?!need|indeed"
    r"|hundred|speed|proceed|exceed|succeed|feed|seed|embed|shed|red\b|bed\b)[a-z]{2,}ed)"
)
_NO_VERB = (
    "the|a|an|my|our|your|his|her|its|their|this|that|these|those|it|them|him|us|me|you|every|each|all|both|which"
)
_FUTURE = re.compile(
    rf"\b(?:will|shall|would|'ll|to(?! (?:{_NO_VERB})\b)|should|must|can|may|is|are|be|being|going|due|plan|plans"
    r"|planned|intend|intends|aim|aims|expect|expects|hope|hopes|scheduled|until|want|wants|comes?|takes?|begins?|starts?"
    r"|opens?|applies|apply|goes|follows|closes|runs|expires|ends|becomes)\b"
)
_PAST = re.compile(rf"(?<!-)(?<!\bthe )(?<!\ba )(?<!\bour )(?<!\bits )\b{_PAST_VERB}\b")
_ONLY_WORDS = re.compile(r"(?: (?!and\b|but\b|that\b)[\w'-]+)*")
_HAS_SUBJECT = re.compile(
    r"(?:\b(?:i|we|he|she|they|it|you|who|which|that|was|were|has|have|had|been|is|are|not|also|first|then|rightly"
    r"|government|minister|secretary|house|department|office|review|inquiry|parliament|friend|member|chancellor)|ly) $"
)
_WILL = re.compile(r"\b(?:will|shall|won't|going to)\b|'ll\b")
# "published in March", "laid before the House on 3 June"; not "organised crime programme in"
_IS_ITS_OBJECT = re.compile(
    r"$| (?:by|to|in|at|on|before|the|this|that|it|them|us|me|him|her|a|an|our|its|as|here|earlier|back|only|again|for"
    r"|with|under|my|their|his|[a-z]+ly)\b"
)
# in "the answer that I gave" the verb is of the clause that the small word opens
_OWN_CLAUSE = re.compile(r"[,;:]|\b(?:that|which|who|when|where|what|why|how|as|and|but)\b")
_NEAR_VERB = 4  # words before a verb in which its auxiliary stands
_REACH_OF_VERB = 8  # words between a past verb and the time words that belong to it
_REACH_ALONE = 2  # the same where it may be an adjective: "will publish the strategy announced in March"
_AFTER = re.compile(
    r"^,?(?: in another place,?| last year,?| in (?:reply|answer|response)[^,]{0,40},)?"
    rf" [^.;:]{{0,50}}?\b(?:{_PAST_VERB}|(?:have"
    rf"|has)(?= (?:also |now |already |since )?{_PAST_VERB}))\b"
)


_AT_ONCE = re.compile(
    r",?(?: in another place,?)? (?:i|we|he|she|they|it|(?:the|my|our) (?:(?!will\b|shall\b|is\b|are\b"
    rf"|to\b)[\w'.]+ ){{1,5}}?|the (?:house|minister|government|chancellor|prime minister))"
    rf" ?(?:have |has |had |also |then |rightly )*{_PAST_VERB}\b"
)
_LOOKS_AHEAD = re.compile(
    r"\b(?:will|shall|would|'ll|won't|going to|is to|are to|to be|be|due|plans?|planned|planning|intend(?:s|ed)?"
    r"|aims?|expect(?:s|ed)?|hope|scheduled|extend(?:ed|ing)?|commit(?:ting|ted|s)?"
    r"|fund(?:ed|ing)?|providing|investing|pledg(?:e|ed|ing)|roll(?:ed|ing)? out|want|target|ambition|to (?:be"
    r"|do|have|make|get|ensure|deliver|support|help|improve|build|run|last|stay|remain|complete|publish|halve"
    r"|recruit|train|fund|invest|provide))\b"
)
_TITLES = re.compile(r"\b(hon|rt|no|dr|mr|mrs|ms|st|rev|lt|gen|col)\.")
_DONE_FOR = re.compile(r"\b(?:have|has|had|was|were|been|did)\b[^.;:!?]{0,60}$")
_NO_HEAD = re.compile(
    r"(?:first|only|worst|best|highest|lowest|biggest|largest|greatest|longest|most)\b[^.;:!?,]{0,40}$|\b(?:took"
    r"|take[sn]?|once|twice|one|two|times?) $|\bno (?:[a-z]+ ){1,4}$"
)


def without_titles(low: str) -> str:
    """Return the text with the full stops of `hon.`, `rt.` and the like blanked: they end no sentence."""
    return _TITLES.sub(lambda found: f"{found[1]} ", low)


def is_done_duration(low: str, start: int) -> bool:
    """Tell whether a duration is of something that has been: `for 14 years`, `the first time in a decade`."""
    before = re.split(r"[.;:!?]", without_titles(low[max(0, start - 160) : start]))[-1]
    if _NO_HEAD.search(before):
        return True
    after = re.split(r"[.;:!?]", low[start : start + 160])[0]
    if _DONE_FOR.search(before) and not re.search(r"\b(?:will|shall|would|to be)\b", before):
        return True
    return _LOOKS_AHEAD.search(before) is None and _LOOKS_AHEAD.search(after) is None


def is_past_reference(low: str, start: int, end: int) -> bool:
    """Tell whether the words around say that it has been: `announced on 8 February`, `On Monday we told the House`."""
    before = re.split(r"[.;:!?]", without_titles(low[max(0, start - 90) : start]))[-1].rstrip()
    if _follows_past_verb(before):
        return True
    if _AT_ONCE.match(low, end):
        return True
    if len(before.split()) > 2:  # noqa: PLR2004 - only words that open a sentence are judged by what follows
        return False
    after = re.split(r"[.;:!?]", without_titles(low[end : end + 100]))[0]
    verb = _AFTER.match(after)
    return verb is not None and not _FUTURE.search(after[: verb.end()])


def _follows_past_verb(before: str) -> bool:
    for verb in _PAST.finditer(before):
        between, lead = before[verb.end() :], before[: verb.start()]
        words = len(between.split())
        if words > _REACH_OF_VERB or not _ONLY_WORDS.fullmatch(between) or _FUTURE.search(before[verb.start() :]):
            continue
        own = _OWN_CLAUSE.split(lead)[-1].split()
        if _FUTURE.search(" ".join(own[-_NEAR_VERB:])) or own[:1] == ["with"]:
            continue  # "a consultation will follow, with the response published in May"
        if (words <= _REACH_ALONE and _IS_ITS_OBJECT.match(between)) or (
            _HAS_SUBJECT.search(lead) and not _WILL.search(lead)
        ):
            return True
    return False


def looks_ahead(low: str, start: int, end: int) -> bool:
    """Tell whether a verb near the words is of what is to come; words that open a sentence look to its main clause."""
    before = re.split(r"[.;:!?]", without_titles(low[max(0, start - 120) : start]))[-1]
    after = re.split(r"[.;:!?]", without_titles(low[end : end + 120]))[0]
    if len(before.split()) > 2:  # noqa: PLR2004 - as above
        before, after = _OWN_CLAUSE.split(before.rstrip(" ,"))[-1], _OWN_CLAUSE.split(after)[0]
    return _FUTURE.search(before) is not None or _FUTURE.search(after) is not None
