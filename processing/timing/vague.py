"""Vague timing: words that promise no date. Each has a look-again interval, which is ours and not the Government's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processing.timing.words import word_set


@dataclass(frozen=True, slots=True, kw_only=True)
class VagueWords:
    """A row of the table: the id, the words (a regular expression), after how many days we look again."""

    id: str
    words: str
    look_again_days: int


_POSSIBLE = (
    r"(?:is |are |be |reasonably |practically |humanly |it is |they are )*(?:possible|practicable"
    r"|practical|feasible|able)"
)
_ABLE = (
    rf"(?:{_POSSIBLE}|(?:we|it|they|i|he|she)(?: possibly| reasonably| practicably)? (?:can|are able(?: to)?"
    r"|is able(?: to)?))"
)
_AFTER_LAW = (  # what the words wait for besides: no day follows from it
    r"(?: (?:after|following|once) (?:royal assent|commencement|enactment"
    r"|(?:the|this) (?:bill|act)[^,.;:]{0,30}? (?:passed|law|in force|royal assent)))?"
)
_OVER = r"(?:in|over|within|during|across|throughout|for)"
_OPPORTUNITY = r"(?:opportunity|moment|point|date|stage)"

VAGUE: tuple[VagueWords, ...] = (
    VagueWords(
        id="VAGUE-IMMINENT",
        words=r"imminently|any day now|very imminently",
        look_again_days=14,
    ),
    VagueWords(
        id="VAGUE-DAYS",
        words=rf"{_OVER} (?:the )?(?:coming|next few|next several|following) days(?: (?:ahead|and weeks))?"
        r"|(?:within|in) (?:a (?:matter|question) of )?(?:just )?(?:days|hours)(?! of)|in the days ahead"
        r"|within the next few days"
        r"|(?:with)?in a few (?:short )?days|in the next day or so",
        look_again_days=14,
    ),
    VagueWords(
        id="VAGUE-SHORTLY",
        words=r"(?:very |more )?shortly(?! (?:after|before))|urgently|as a matter of (?:real |great |some "
        r"|the utmost |extreme )?(?:urgency|priority)"
        r"|with (?:the utmost |all |real |great |due )?(?:urgency|speed|haste|dispatch)|as an urgent priority"
        r"|in short order|before long|forthwith"
        r"|immediately(?! (?:after|before|following))|with immediate effect|straight ?away|right away|asap"
        r"|at once(?! a)|momentarily|presently|very soon|in (?:very )?short order"
        r"|as a priority|in the immediate future",
        look_again_days=30,
    ),
    VagueWords(
        id="VAGUE-FEW-WEEKS",
        words=rf"{_OVER} the (?:next|coming) (?:few|several|number of) weeks(?: or so)?"
        r"|(?:with)?in a few (?:short )?weeks(?:' time)?"
        r"|in the next (?:week or two|few short weeks)|a few weeks from now|in (?:several|some) weeks(?:' time)?",
        look_again_days=42,
    ),
    VagueWords(
        id="VAGUE-WEEKS",
        words=rf"{_OVER} (?:the )?(?:coming|following) weeks(?! and months)|in the weeks (?:ahead"
        r"|to come)(?! and months)"
        r"|(?:within|in) (?:a (?:matter|question) of )?(?:mere |just )?weeks(?!' time)(?:,? (?:and )?not months"
        r"|,? rather than months)?|in (?:the )?next weeks",
        look_again_days=56,
    ),
    VagueWords(
        id="VAGUE-SOON",
        words=(
            r"(?<!as )(?<!how )(?<!too )soon(?! (?:as|after))|sooner rather than later|before too long"
            r"|in the not[- ]too[- ]distant future|quite soon|fairly soon"
        ),
        look_again_days=60,
    ),
    VagueWords(
        id="VAGUE-POSSIBLE",
        words=r"(?:just )?as (?:soon|quickly|swiftly|rapidly|speedily|promptly|early|fast|expeditiously"
        rf"|urgently) as {_ABLE}{_AFTER_LAW}"
        r"|at the earliest practicable date|as soon as may be|as and when (?:we|it) can"
        r"|(?:when|once|as soon as) (?:we|ministers|i) (?:are|am) (?:ready|able)(?: to do so)?"
        r"|(?:when|once|as soon as) (?:we|i) (?:are|am) in a position to(?: do so)?",
        look_again_days=90,
    ),
    VagueWords(
        id="VAGUE-PACE",
        words=r"at (?:real |great |considerable |serious |some )?(?:pace|speed)|in (?:the )?(?:near|very near"
        r"|foreseeable|not so distant) future|in good time"
        r"|without (?:any |further |undue |unnecessary |unreasonable |more )*delay|promptly"
        r"|in (?:the )?(?:short(?:er)?|near|nearer) term|(?:in|over|during) the (?:coming period|period ahead)"
        r"|in a timely (?:manner|fashion|way)|with all (?:due )?(?:speed|haste)"
        r"|expeditiously|apace|at the (?:next|first) (?:available |possible |suitable )*opportunity",
        look_again_days=90,
    ),
    VagueWords(
        id="VAGUE-DUE-COURSE",
        words=r"in due course|in the course of time|in the normal way and time|in the usual way in due course",
        look_again_days=180,
    ),
    VagueWords(
        id="VAGUE-OPPORTUNITY",
        words=r"at (?:the|our|his|her|their|its|my) (?:very )?(?:first|earliest|soonest)(?: (?:possible|available"
        rf"|suitable|convenient|practicable|legislative|parliamentary))* {_OPPORTUNITY}"
        r"|(?:at|when) (?:the|an) (?:right|appropriate|opportune|proper|suitable) (?:time|moment|point|stage"
        r"|juncture)(?: (?:is right|comes|arises))?"
        r"|when the time is right|at (?:an appropriate|a suitable|a convenient) (?:time|moment|point|juncture)"
        r"|at a(?:n)? (?:later|future|suitable"
        r"|convenient) (?:date|time|stage|point|opportunity)"
        r"|when (?:an |the |a suitable )?(?:opportunity|occasion) (?:arises|allows|permits|presents itself)"
        r"|in time(?= ?(?:[.,;]|$))|(?<!not )(?<!no )later(?: on)?(?= ?(?:[.;]|$))",
        look_again_days=180,
    ),
    VagueWords(
        id="VAGUE-MONTHS",
        words=rf"{_OVER} (?:the )?(?:coming|following|next|next few|next several|coming few"
        r"|next number of) months(?: (?:ahead|and years))?"
        r"|in the months (?:ahead|to come)|(?:within|in) (?:a (?:matter|question) of )?(?:mere "
        r"|just )?months(?!' time)(?:,? (?:and )?not years|,? rather than years)?"
        r"|(?:with)?in a few (?:short )?months(?:' time)?"
        rf"|{_OVER} (?:the )?(?:coming )?weeks and months(?: ahead| to come)?|{_OVER} the (?:coming"
        r"|next few) weeks and months|in the weeks and months (?:ahead|to come)|in (?:several"
        r"|some) months(?:' time)?"
        r"|a few months from now|in the next (?:month or two|few short months)",
        look_again_days=180,
    ),
    VagueWords(
        id="VAGUE-TIME-ALLOWS",
        words=r"(?:as soon as|as and when|if and when|once|when(?:ever)?|as"
        r"|subject to) (?:(?:the )?(?:parliamentary|legislative) (?:time(?:table)?|timetable|business"
        r"|opportunit(?:y|ies))|time|(?:the )?legislative programme)"
        r"(?: (?:and resources ))?(?: is| becomes)? ?(?:allows?|permits?|allowing|permitting|available)"
        r"|as soon as (?:[a-z']+ ){1,4}?(?:time|timetable|business) (?:allows|permits)"
        r"|(?:parliamentary )?time (?:permitting|allowing)|(?:as and )?when (?:circumstances|resources"
        r"|conditions|finances"
        r"|funding|fiscal conditions) (?:allow|permit)s?"
        r"|subject to (?:available )?parliamentary time|as (?:circumstances|resources) (?:allow|permit)s?"
        r"|in the fullness of time|when the conditions are right|when a (?:suitable )?legislative (?:vehicle"
        r"|opportunity)(?: (?:is|becomes) available| arises| allows| can be found)?",
        look_again_days=365,
    ),
    VagueWords(
        id="VAGUE-SOME-DAY",
        words=r"eventually|at some (?:point|stage)(?: in (?:the )?future)?(?! (?:in|over|during|this|next|before"
        r"|after|between|on))|one day|some day|in the medium term"
        r"|in the medium to long term|over time",
        look_again_days=365,
    ),
    VagueWords(
        id="VAGUE-YEARS",
        words=rf"(?:{_OVER} )(?:the )?(?:coming|next few|next several|following|next number of) years(?: ahead)?"
        r"|in the years (?:ahead|to come)|in years to come|for years to come"
        r"|(?:in|over) the long(?:er)?[- ](?:term|run)|over a number of years|for the foreseeable future"
        r"|within (?:a (?:matter|question) of )?(?:a few )?years"
        r"|in a few years(?:' time)?|a few years from now|for (?:decades|generations) to come",
        look_again_days=730,
    ),
)

_JOINED = "|".join(f"(?P<v{index}>{row.words})" for index, row in enumerate(VAGUE))
_WORDS = re.compile(rf"(?:{_JOINED})(?![\w'])")
VAGUE_HEADS = word_set(
    """
    imminently any very in over within during across throughout for shortly more urgently as with before forthwith
    immediately straight straightaway right at momentarily presently a soon sooner quite fairly just without
    asap promptly expeditiously apace when once if subject time parliamentary eventually one some whenever later
    """
)


def vague_at(low: str, place: int) -> tuple[VagueWords, int] | None:
    """Return the row of the vague words at that offset and the offset of their end, longest row first."""
    found = _WORDS.match(low, place)
    if found is None or found.lastgroup is None:
        return None
    rows = [row for index, row in enumerate(VAGUE) if found[f"v{index}"]]
    return rows[0], found.end()
