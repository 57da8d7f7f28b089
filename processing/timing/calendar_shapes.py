"""The table of periods that need the calendar: the words of each, and what reads them."""

from __future__ import annotations

from processing.timing.names import OF_YEAR
from processing.timing.parliamentary import (
    RECESS_NAMES,
    read_bank_holiday,
    read_feast,
    read_half_term,
    read_holidays,
    read_named_day,
    read_occasion,
    read_parliament,
    read_prorogation,
    read_recess,
    read_return,
    read_rising,
    read_royal_assent,
    read_session,
    read_spending_period,
    read_stage,
    read_term,
    unknown,
)
from processing.timing.scene import Shape, shape
from processing.timing.words import MONTH_NAMES

_COMING = r"(?:forthcoming|coming|upcoming|next|new|following|subsequent)"
_NOT_THING = (
    r"(?!'|-|\.\d)(?! (?:process|line|book|constraints|responsibility|office|document|settlement|period"
    r"|campaign|manifesto|committee|papers?)\b)"
)
_THEY = (
    r"(?:the house(?: of (?:commons|lords))?|this house|your lordships' house|their lordships|both houses"
    r"|the (?:two )?houses|parliament|the commons|the lords|we|mps|the other (?:place|house)|peers|members)"
)

OCCASION_HEADS = ("budget", "statement", "forecast", "review", "speech", "opening", "event", "elections", "election")
FEAST_HEADS = (
    *("christmas", "good friday", "easter", "new year's", "boxing day", "whitsun", "pentecost"),
    *("andrew's day", "david's day", "george's day", "patrick's day"),
)

CALENDAR_SHAPES: tuple[Shape, ...] = (
    shape(
        rf"(?:the |this |next |our |parliament's )?(?:{_COMING} )?(?:parliamentary )?(?:(?P<name>{RECESS_NAMES}) )?"
        rf"(?:parliamentary )?(?:recess|adjournment)\b(?!')(?! (?:debate|committee)\b){OF_YEAR}",
        read_recess,
        "recess",
        "adjournment",
    ),
    shape(
        rf"{_THEY} (?:rises?|adjourns?|breaks?(?: up)?|goes into recess|go into recess)\b"
        rf"(?: for (?:the |its |our )?(?P<name>{RECESS_NAMES})\b(?: (?:recess|break|adjournment))?"
        rf"| for (?:the )?recess| for the holidays"
        rf"| on (?:[a-z]+day,? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)? [a-z]+)?(?P<year>)(?P<split>)(?P<which>)",
        read_rising,
        "rise",
        "rises",
        "adjourn",
        "adjourns",
        "break",
        "breaks",
        "recess",
    ),
    shape(
        rf"(?:{_THEY} (?:next )?(?:returns?|comes? back|resumes?|reconvenes?|sits? again|next sits?|meets? again"
        r"|(?:is|are) back)"
        r"|(?:the|our) return(?: of (?:the house|parliament))?)\b"
        rf"(?: (?:to (?:westminster|this place)|from (?:the |its |our )?(?:(?P<name>{RECESS_NAMES})(?: recess"
        r"| break)?|recess)"
        rf"|after (?:the )?(?:{RECESS_NAMES}(?: recess| break)?|recess)"
        rf"|in (?:(?P<month>{'|'.join(MONTH_NAMES)})\b|the (?P<autumn>autumn)\b|the new year)|next (?:week"
        r"|month)))*",
        read_return,
        "return*",
        "back",
        "resume*",
        "reconvene*",
        "sit",
        "sits",
        "meet",
        "meets",
    ),
    shape(
        r"(?P<said>this|the current|the present|the existing|the next|next|the life of the|a future) parliament\b(?!')",
        read_parliament,
        "parliament",
    ),
    shape(
        r"(?:(?P<said>this|the current|the present|the next|next|the new|the coming|the forthcoming|the upcoming"
        r"|the following)"
        r"|the (?P<nth>first|second|third|fourth|final|last))(?: (?P<sort>parliamentary|legislative))? "
        r"(?P<session>session)\b(?!'|s)(?P<of> of (?:this )?parliament)?(?! (?:of|on|with)\b)",
        read_session,
        "session",
    ),
    shape(r"(?P<what>prorogation|dissolution)\b(?: of parliament)?", read_prorogation, "prorogation", "dissolution"),
    shape(
        r"(?:the (?:chancellor's )?|this |our |his |her )?(?P<owned>(?:this|next) (?:year|week"
        rf"|month)'s )?(?:{_COMING} )?"
        rf"(?:(?P<season>autumn|spring|november|march|may|june|october) )?(?:{_COMING} )?"
        r"(?P<what>budget|autumn statement|spring statement|spring forecast|spring budget"
        r"|(?:comprehensive )?spending review"
        r"|(?:king|queen)'s speech|gracious speech|state opening(?: of parliament)?|fiscal event|(?:local"
        r"|mayoral|council) elections|elections"
        rf"|general election|election)(?: day)?{_NOT_THING}"
        r"(?: in (?:may|november|march|october|june|the (?:autumn|spring))\b)?"
        rf"{OF_YEAR}",
        read_occasion,
        *OCCASION_HEADS,
    ),
    shape(
        rf"(?:the |this )?(?:{_COMING} |current |whole )*spending review period\b",
        read_spending_period,
        "spending review period",
    ),
    shape(
        rf"(?:(?P<said>this|next|the {_COMING}|the current|the|this coming|{_COMING}) )?(?:school )?"
        rf"(?P<season>autumn|spring|summer) (?:school )?term\b(?!')(?! time\b){OF_YEAR}",
        read_term,
        "term",
    ),
    shape(
        r"(?:the )?(?:michaelmas|hilary|trinity|lent) term\b" + OF_YEAR, lambda _scene, _found: unknown("TERM"), "term"
    ),
    shape(
        r"(?:the |this |next )?(?:(?P<name>early may|late may|spring|summer|august|may) )?bank holiday\b(?!')"
        rf"(?: weekend| monday)?{OF_YEAR}",
        read_bank_holiday,
        "bank holiday",
    ),
    shape(
        rf"(?P<said>this|next|the {_COMING}|the current) (?P<season>)?(?:school )?term\b(?!')"
        r"(?P<year>)(?P<split>)(?P<which>)",
        read_term,
        "term",
    ),
    shape(
        rf"(?:the |this |next )?(?:{_COMING} )?(?:(?P<season>october|autumn|november|february|spring|may|summer"
        r"|whitsun) )?"
        rf"half[- ]term\b(?!')(?! recess)(?: holidays?| break| week)?{OF_YEAR}",
        read_half_term,
        "half-term",
        "half term",
    ),
    shape(
        r"(?:the |this |next )?(?:school )?(?:(?P<season>summer|easter|christmas)(?: school)? (?:holidays?"
        r"|break|period|vacation)"
        rf"|festive (?:period|season)){OF_YEAR}",
        read_holidays,
        "summer",
        "easter",
        "christmas",
        "festive",
    ),
    shape(
        r"(?:this |next )?(?P<feast>st\.? (?:andrew|david|george|patrick)'s day|christmas eve"
        r"|christmas day|christmas|good friday|easter sunday"
        r"|easter monday|easter"
        r"|new year's day|new year's eve|boxing day|whitsun|pentecost)\b(?!')(?! (?:recess|term|holidays?|break"
        rf"|period)\b){OF_YEAR}",
        read_feast,
        *FEAST_HEADS,
    ),
    shape(
        r"(?:(?:the |this |that )?(?:(?:bill|act|legislation|measure)(?:'s)? )?(?:(?:has |have )?(?:receives?"
        r"|received|receiving|gets|getting"
        r"|gains|gaining|obtains|obtaining|achieves|achieving|secures|securing|reaches|reaching)|is given"
        r"|has been given|having) )?royal assent\b(?: to (?:the|this) (?:bill|act))?"
        r"|(?:it|(?:the |this |that )(?:(?!will |is |the |once |has )[a-z'(),]+ ){0,7}?(?:bill|act"
        r"|legislation))(?: has| have)?(?: successfully)? "
        r"(?:receives?|receiving|received|gets|getting|gains|gaining|obtains|obtaining|achieves|secures|reaches"
        r"|is given|been given"
        r"|is granted) royal assent\b"
        r"|(?:the |this |that )(?:(?!will |is |the |once |has )[a-z'(),]+ ){0,7}?(?:bill|act"
        r"|legislation) (?:(?:becomes|is|has become)"
        r" (?:law|an act)|(?:is|has been|being) (?:passed|enacted)|(?:reaches|is on) the statute book)\b"
        r"|(?:the day (?:on which|that|when) )?(?:this|the) (?:bill|act) (?:is|has been|being) (?:passed|enacted)\b"
        r"|(?:the )?passing of (?:this|the) act\b|(?:the |this )bill becomes (?:law|an act)\b"
        r"|the (?:day|date) (?:on which|that|of) (?:(?:it|this act|the act|the bill) (?:receives"
        r"|is given) )?royal assent\b",
        read_royal_assent,
        "royal assent",
        "law",
        "act",
        "passed",
        "enacted",
        "statute book",
    ),
    shape(
        # with an article "the Committee" is a body and "the Report" a paper
        r"(?:(?:the |its )(?!(?:report|consideration|committee)\b(?! stage)))?"
        r"(?P<lords>lords |house of lords )?(?:commons )?"
        r"(?P<what>report stage|report|committee stage|second reading|third reading|consideration|first reading"
        r"|committee(?! rooms?\b))\b(?= |[,.;:)]|$)"
        r"(?: (?:in|of) (?:this house|the (?:commons|lords|other place|bill)))*",
        read_stage,
        "report",
        "committee",
        "reading",
        "consideration",
    ),
    shape(rf"(?:[a-z][a-z'.-]+ ){{1,4}}day\b(?!'){OF_YEAR}", read_named_day, "day"),
)

INNER_CALENDAR_SHAPES: tuple[Shape, ...] = (
    shape(r"(?:(?P<said>the) )?parliament\b(?!')(?! (?:square|street)\b)", read_parliament, "parliament", inner=True),
    shape(
        r"(?P<nth>)?(?P<said>the) (?P<sort>parliamentary )?(?P<session>session)\b(?P<of> of parliament)?(?! "
        r"(?:of|on|with)\b)",
        read_session,
        "session",
        inner=True,
    ),
    shape(
        r"(?P<said>the )?(?P<season>)?(?:school )?term\b(?!')(?P<year>)(?P<split>)(?P<which>)",
        read_term,
        "term",
        inner=True,
    ),
)
