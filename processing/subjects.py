"""What stands as the subject of a clause: its class and its head noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processing.clauses import AUXILIARIES, FRONTED, PREPOSITIONS, is_adverb
from processing.departments import places_named

if TYPE_CHECKING:
    from processing.candidates import Candidate

FIRST = frozenset(["we", "i", "us"])
_POINTING = frozenset(
    [
        "it",
        "this",
        "that",
        "these",
        "those",
        "which",
        "there",
        "what",
        "who",
        "they",
        "he",
        "she",
        "you",
        "one",
        "some",
        "both",
        "all",
        "more",
    ]
)
_GOVERNMENT = frozenset(
    [
        "government",
        "governments",
        "ministers",
        "minister",
        "department",
        "departments",
        "whitehall",
        "government's",
        "secretary",
        "chancellor",
        "treasury",
        "officials",
        "predecessor",
    ]
)
_PEOPLE = frozenset(
    [
        "victims",
        "victim",
        "survivors",
        "survivor",
        "children",
        "child",
        "parents",
        "members",
        "member",
        "house",
        "friend",
        "friends",
        "hon",
        "hon.",
        "lady",
        "gentleman",
        "lord",
        "lords",
        "baroness",
        "schools",
        "school",
        "teachers",
        "teacher",
        "offenders",
        "perpetrators",
        "perpetrator",
        "communities",
        "families",
        "family",
        "people",
        "person",
        "everyone",
        "everybody",
        "nobody",
        "anyone",
        "someone",
        "women",
        "girls",
        "girl",
        "boys",
        "men",
        "public",
        "institutions",
        "constituents",
        "colleagues",
        "opposition",
        "party",
        "parties",
        "conservatives",
        "practitioners",
        "professionals",
        "workers",
        "officers",
        "abusers",
        "criminals",
        "young",
        "those",
        "lordships",
        "benches",
        "young",
        "country",
        "society",
        "world",
        "history",
        "others",
        "providers",
        "platforms",
        "companies",
        "businesses",
        "farmers",
        "passengers",
    ]
)
_PROCESS = frozenset(
    [
        "bill",
        "bills",
        "strategy",
        "consultation",
        "guidance",
        "regulations",
        "regulation",
        "legislation",
        "plan",
        "plans",
        "paper",
        "response",
        "responses",
        "report",
        "reports",
        "review",
        "fund",
        "funding",
        "money",
        "duty",
        "duties",
        "offence",
        "offences",
        "inquiry",
        "inquiries",
        "panel",
        "authority",
        "code",
        "codes",
        "scheme",
        "programme",
        "framework",
        "register",
        "campaign",
        "pilot",
        "pilots",
        "taskforce",
        "centre",
        "unit",
        "chair",
        "timetable",
        "terms",
        "reference",
        "edition",
        "version",
        "details",
        "detail",
        "measures",
        "measure",
        "reforms",
        "reform",
        "changes",
        "change",
        "proposals",
        "proposal",
        "law",
        "laws",
        "amendment",
        "amendments",
        "findings",
        "standards",
        "statement",
        "order",
        "instrument",
        "powers",
        "power",
        "commission",
        "operation",
        "investigation",
        "investigations",
        "board",
        "body",
        "service",
        "services",
        "update",
        "updates",
        "figures",
        "data",
        "statistics",
        "evidence",
        "package",
        "act",
        "clause",
        "clauses",
        "recommendation",
        "recommendations",
        "work",
        "engagement",
        "roundtable",
        "roundtables",
        "hearings",
        "publication",
        "debate",
        "document",
        "documents",
        "announcement",
        "announcements",
        "grant",
        "grants",
        "contract",
        "system",
        "systems",
        "database",
        "training",
        "curriculum",
        "conference",
        "summit",
        "letter",
        "letters",
        "meeting",
        "meetings",
        "audit",
        "requirement",
        "requirements",
        "support",
        "tender",
        "appointment",
        "appointments",
        "recruitment",
        "result",
        "results",
        "convictions",
        "million",
        "billion",
    ]
)
_BODY = frozenset(
    [
        "police",
        "forces",
        "force",
        "councils",
        "council",
        "authorities",
        "agency",
        "agencies",
        "regulator",
        "regulators",
        "inspectorate",
        "inspectorates",
        "ofcom",
        "ofsted",
        "panel",
        "commissioner",
        "commissioners",
        "mayors",
        "service",
    ]
)


class Subject(NamedTuple):
    """`kind`: first, government, body, process, people, pointing, noun or none; `head` the word that it turns on."""

    kind: str
    head: str


def subject_of(candidate: Candidate, words: list[str]) -> Subject:
    """Class the subject that stands between the head and the trigger of a candidate."""
    told = words[candidate.head : candidate.trigger]
    while told and (is_adverb(told[-1]) or told[-1] in (",", "-", "—") or told[-1] in AUXILIARIES):
        told = told[:-1]
    if not told:
        return Subject("none", "")
    last = told[-1]
    if last in FIRST:
        return Subject("first", last)
    if last in _POINTING:
        return Subject("pointing", last)
    return _noun(told)


def _noun(told: list[str]) -> Subject:
    if told[0] in FRONTED and "," in told:
        told = told[len(told) - told[::-1].index(",") :] or told
    head = told[-1]
    if told[0] not in PREPOSITIONS:
        for place, word in enumerate(told[1:], 1):
            if word in PREPOSITIONS or word in ("which", "that", "who", "whose", ",", "-", "—", "("):
                head = told[place - 1]
                break
    if head.isdigit() and "recommendations" in told:
        head = "recommendations"
    return Subject(_class(head, told), head)


def _class(head: str, told: list[str]) -> str:
    if head in ("friend", "predecessor", "colleague") and "my" in told:
        return "government"
    if head in _GOVERNMENT or (
        told[0] in ("the", "my", "our")
        and any(word in ("secretary", "department", "minister", "office") for word in told[1:3])
    ):
        return "government"
    if head in _PROCESS:
        return "process"
    if head in _BODY or places_named(" ".join(told)):
        return "body"
    if head in _PEOPLE:
        return "people"
    return "noun"
