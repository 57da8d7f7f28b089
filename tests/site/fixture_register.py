"""A small register written by hand for the tests of the pages: invented people, invented words, every state."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from db.migrations import open_database

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

AS_OF = "2025-11-24"
NOW = "2025-11-24T06:40:00.000000Z"

SOURCES = [
    ("hansard", "Hansard", "Open Parliament Licence v3.0", "https://hansard.parliament.uk"),
    (
        "written_questions",
        "Written questions",
        "Open Parliament Licence v3.0",
        "https://questions-statements.parliament.uk",
    ),
    (
        "written_statements",
        "Written statements",
        "Open Parliament Licence v3.0",
        "https://questions-statements.parliament.uk",
    ),
    ("govuk", "GOV.UK", "Open Government Licence v3.0", "https://www.gov.uk"),
]
PEOPLE = [
    ("member/9001", "Dame Ruth Calloway", "Commons", "Labour"),
    ("member/9002", "Helen Marsh", "Commons", "Labour"),
    ("member/9003", "Martin Oakes", "Commons", "Labour"),
    ("member/9101", "Baroness Thorne of Wexcombe", "Lords", "Labour"),
    ("member/9020", "Peter Ansell", "Commons", "Conservative"),
]
POSTS = [
    ("member/9001", "Home Secretary", "Home Office", "2024-07-05"),
    ("member/9002", "Minister for Safeguarding", "Home Office", "2024-07-08"),
    ("member/9003", "Minister for Children", "Department for Education", "2024-07-09"),
    ("member/9101", "Lords Minister, Home Office", "Home Office", "2024-09-01"),
]
TOPICS = [
    (
        "casey-audit",
        "The Casey audit",
        "Baroness Casey's audit of group-based child sexual exploitation, and what follows from it.",
    ),
    ("mandatory-reporting", "Mandatory reporting", "The duty to report child sexual abuse."),
    ("online-safety", "Online safety", "Child sexual abuse material and the regulation of services."),
    ("safeguarding-guidance", "Safeguarding guidance", "Statutory guidance for schools and safeguarding partners."),
    ("support", "Therapeutic support", "Support for victims and survivors."),
]
TERMS = [
    ("casey-audit", "casey-audit", ["Casey audit", "National Audit on Group-based Child Sexual Exploitation"]),
    ("mandatory-reporting", "mandatory-reporting", ["mandatory reporting", "mandatory duty to report"]),
    ("grooming-gangs", "casey-audit", ["grooming gangs", "group-based exploitation"]),
    ("csam", "online-safety", ["child sexual abuse material"]),
    ("kcsie", "safeguarding-guidance", ["Keeping Children Safe in Education"]),
    ("therapeutic", "support", ["therapeutic support"]),
]
SETS = [
    (
        "casey-2025",
        "National Audit on Group-based Child Sexual Exploitation and Abuse",
        "Baroness Casey of Blackstock",
        "2025-06-16",
        "https://www.gov.uk/government/publications/national-audit-on-group-based-child-sexual-exploitation-and-abuse",
        12,
    ),
    (
        "iicsa-2022",
        "The Report of the Independent Inquiry into Child Sexual Abuse",
        "Professor Alexis Jay",
        "2022-10-20",
        "https://www.iicsa.org.uk/reports-recommendations/publications/inquiry/final-report.html",
        20,
    ),
]

AUDIT = "hansard/0A1B2C3D-1111-4A4A-9B9B-000000000001"
QUESTIONS = "hansard/0A1B2C3D-1111-4A4A-9B9B-000000000002"
LORDS = "hansard/0A1B2C3D-1111-4A4A-9B9B-000000000003"
ANSWER = "written_questions/1900001"
WRITTEN = "written_statements/1500001"
PROGRESS = "govuk/government/publications/tackling-child-sexual-abuse-progress-update"
NEWS = "govuk/government/news/fund-for-survivors-services"
OLD_PLAN = "govuk/government/publications/taxi-licensing-plan"

DOCUMENTS: list[dict[str, Any]] = [
    {
        "id": AUDIT,
        "kind": "debate",
        "title": "Child Sexual Exploitation: Casey Audit",
        "published": "2025-09-16",
        "house": "Commons",
        "departments": ["Home Office"],
        "url": "https://hansard.parliament.uk/commons/2025-09-16/debates/0A1B2C3D/CaseyAudit",
        "passages": [
            (
                "h1",
                "heading",
                "Child Sexual Exploitation: Casey Audit",
                None,
                "101",
            ),
            (
                "c1",
                "speech",
                "With permission, I will make a statement on the Casey audit and on what we have done since.\n\n"
                "For too long, people were told that someone else would act. We will publish a cross-government child "
                "protection strategy by the end of December. We will set up a national panel on grooming gangs, and it "
                "will report to me by the end of October.\n\n"
                "We will make it mandatory for police forces to record the ethnicity of suspects by 1 April 2026.",
                "member/9001",
                "101",
            ),
            (
                "c2",
                "speech",
                "I thank the Home Secretary for advance sight of her statement. Families have waited years. When will "
                "the duty to report be law?",
                "member/9020",
                "102",
            ),
            (
                "c3",
                "speech",
                "We will bring forward the mandatory duty to report before the end of October. We will also ban "
                "out-of-area working by taxis when parliamentary time allows.",
                "member/9001",
                "103",
            ),
        ],
    },
    {
        "id": QUESTIONS,
        "kind": "debate",
        "title": "Home Department: Oral Answers to Questions",
        "published": "2025-11-18",
        "house": "Commons",
        "departments": ["Home Office"],
        "url": "https://hansard.parliament.uk/commons/2025-11-18/debates/0A1B2C3D/OralAnswers",
        "passages": [
            (
                "c1",
                "speech",
                "The strategy is a large piece of work across eight Departments. We will publish the child protection "
                "strategy by spring 2026, and it will be a better document for the extra time.\n\n"
                "The mandatory duty to report will come forward in due course.",
                "member/9002",
                "640",
            ),
            (
                "c2",
                "speech",
                "I am happy to meet my hon. Friend to talk about therapeutic support in her constituency before "
                "Christmas. We want every survivor to have a named worker, and we will look at how that could be paid "
                "for once the spending review reports.",
                "member/9002",
                "641",
            ),
        ],
    },
    {
        "id": LORDS,
        "kind": "debate",
        "title": "Online Safety: Child Sexual Abuse Material",
        "published": "2025-11-04",
        "house": "Lords",
        "departments": ["Home Office"],
        "url": "https://hansard.parliament.uk/lords/2025-11-04/debates/0A1B2C3D/OnlineSafety",
        "passages": [
            (
                "c1",
                "speech",
                "My Lords, child sexual abuse material is still found in minutes. Ofcom will publish its code of "
                "practice on hash matching by 15 December. We plan to consult on scanning at the device.\n\n"
                "The recording of the ethnicity of suspects will now begin on 1 January 2026, three months sooner than "
                "we had said.",
                "member/9101",
                "1402",
            ),
        ],
    },
    {
        "id": ANSWER,
        "kind": "answer",
        "title": "Schools: Safeguarding",
        "published": "2025-10-09",
        "house": "Commons",
        "departments": ["Department for Education"],
        "url": "https://questions-statements.parliament.uk/written-questions/detail/2025-10-02/71234",
        "passages": [
            (
                "question",
                "question",
                "To ask the Secretary of State for Education, when her Department plans to revise Keeping Children "
                "Safe in Education.",
                "member/9020",
                None,
            ),
            (
                "answer",
                "answer",
                "The Department will publish revised statutory guidance, Keeping Children Safe in Education, by "
                "31 October 2025. We have published the training pack for designated leads. We will write to every "
                "local authority by 17 October 2025.",
                "member/9003",
                None,
            ),
        ],
    },
    {
        "id": WRITTEN,
        "kind": "statement",
        "title": "Keeping Children Safe in Education",
        "published": "2025-11-12",
        "house": "Commons",
        "departments": ["Department for Education"],
        "url": "https://questions-statements.parliament.uk/written-statements/detail/2025-11-12/HCWS801",
        "passages": [
            (
                "statement",
                "statement",
                "I have today published revised statutory guidance, Keeping Children Safe in Education. We wrote to "
                "every local authority on 15 October.",
                "member/9003",
                None,
            ),
        ],
    },
    {
        "id": PROGRESS,
        "kind": "policy_paper",
        "title": "Tackling child sexual abuse: progress update",
        "published": "2025-09-08",
        "house": None,
        "departments": ["Home Office"],
        "url": "https://www.gov.uk/government/publications/tackling-child-sexual-abuse-progress-update",
        "change_notes": [{"at": "2025-09-08T09:30:00+01:00", "note": "First published."}],
        "earlier": [
            ("b1", "heading", "What we will do", None, None),
            (
                "b2",
                "block",
                "We will open a fund for services for survivors by March 2026. The fund will be worth £10 million.",
                None,
                None,
            ),
            ("b3", "block", "We will report on progress every quarter.", None, None),
        ],
        "passages": [
            ("b1", "heading", "What we will do", None, None),
            (
                "b2",
                "block",
                "We will open a fund for services for survivors in summer 2026. The fund will be worth £10 million.",
                None,
                None,
            ),
            ("b3", "block", "We will report on progress every quarter and publish what we find.", None, None),
        ],
    },
    {
        "id": NEWS,
        "kind": "news_article",
        "title": "Training for designated leads",
        "published": "2025-11-20",
        "house": None,
        "departments": ["Department for Education"],
        "url": "https://www.gov.uk/government/news/training-for-designated-leads",
        "passages": [
            (
                "b1",
                "block",
                "We will train 500 social workers in recognising child sexual abuse by July 2026.",
                None,
                None,
            ),
        ],
    },
    {
        "id": OLD_PLAN,
        "kind": "policy_paper",
        "title": "Taxi licensing plan",
        "published": "2025-09-22",
        "house": None,
        "departments": ["Department for Transport"],
        "url": "https://www.gov.uk/government/publications/taxi-licensing-plan",
        "state": "withdrawn",
        "state_note": "<p>This plan was <strong>withdrawn</strong> on 3 November 2025.</p><script>alert(1)</script>",
        "passages": [
            (
                "b1",
                "block",
                "The Department for Transport will consult on national minimum standards in early 2026.",
                None,
                None,
            ),
        ],
    },
]

# commitment: its fields, then its sayings as (document, passage key, quote, timing words, earliest, latest, firmness)
COMMITMENTS: list[dict[str, Any]] = [
    {
        "number": 1,
        "promise": "Publish a cross-government child protection strategy",
        "owner": "Home Office",
        "action": "publish",
        "status": "open",
        "topics": ["casey-audit"],
        "recommendations": ["casey-2025/12"],
        "slipped_days": 151,
        "first_latest": "2025-12-31",
        "sequence": 1,
        "sayings": [
            (
                AUDIT,
                "c1",
                "We will publish a cross-government child protection strategy by the end of December",
                "by the end of December",
                "2025-09-16",
                "2025-12-31",
                "month",
                "firm",
            ),
            (
                QUESTIONS,
                "c1",
                "We will publish the child protection strategy by spring 2026",
                "by spring 2026",
                "2025-11-18",
                "2026-05-31",
                "season",
                "firm",
            ),
        ],
    },
    {
        "number": 2,
        "promise": "Bring forward the mandatory duty to report child sexual abuse",
        "owner": "Home Office",
        "action": "legislate",
        "status": "undated",
        "topics": ["mandatory-reporting"],
        "recommendations": ["iicsa-2022/13"],
        "first_latest": "2025-10-31",
        "sequence": 1,
        "sayings": [
            (
                AUDIT,
                "c3",
                "We will bring forward the mandatory duty to report before the end of October",
                "before the end of October",
                "2025-09-16",
                "2025-10-31",
                "month",
                "firm",
            ),
            (
                QUESTIONS,
                "c1",
                "The mandatory duty to report will come forward in due course",
                "in due course",
                None,
                None,
                "none",
                "firm",
            ),
        ],
    },
    {
        "number": 3,
        "promise": "Set up a national panel on grooming gangs that reports to the Home Secretary",
        "owner": "Home Office",
        "action": "establish",
        "status": "overdue",
        "topics": ["casey-audit"],
        "recommendations": ["casey-2025/2"],
        "sayings": [
            (
                AUDIT,
                "c1",
                "We will set up a national panel on grooming gangs, and it will report to me by the end of October",
                "by the end of October",
                "2025-09-16",
                "2025-10-31",
                "month",
                "firm",
            ),
        ],
    },
    {
        "number": 4,
        "promise": "Write to every local authority about safeguarding",
        "owner": "Department for Education",
        "action": "write",
        "status": "delivered",
        "is_reviewed": 1,
        "has_evidence": 1,
        "delivered_on": "2025-10-15",
        "topics": ["safeguarding-guidance"],
        "recommendations": [],
        "sayings": [
            (
                ANSWER,
                "answer",
                "We will write to every local authority by 17 October 2025",
                "by 17 October 2025",
                "2025-10-09",
                "2025-10-17",
                "day",
                "firm",
            ),
        ],
    },
    {
        "number": 5,
        "promise": "Publish revised statutory guidance, Keeping Children Safe in Education",
        "owner": "Department for Education",
        "action": "publish",
        "status": "delivered late",
        "is_reviewed": 1,
        "has_evidence": 1,
        "delivered_on": "2025-11-12",
        "topics": ["safeguarding-guidance"],
        "recommendations": [],
        "sayings": [
            (
                ANSWER,
                "answer",
                "The Department will publish revised statutory guidance, Keeping Children Safe in Education, by "
                "31 October 2025",
                "by 31 October 2025",
                "2025-10-09",
                "2025-10-31",
                "day",
                "firm",
            ),
        ],
    },
    {
        "number": 6,
        "promise": "Consult on national minimum standards for taxi licensing",
        "owner": "Department for Transport",
        "action": "consult",
        "status": "withdrawn",
        "topics": ["casey-audit"],
        "recommendations": ["casey-2025/11"],
        "state": "withdrawn",
        "sayings": [
            (
                OLD_PLAN,
                "b1",
                "The Department for Transport will consult on national minimum standards in early 2026",
                "in early 2026",
                "2026-01-01",
                "2026-04-30",
                "year",
                "firm",
            ),
        ],
    },
    {
        "number": 7,
        "promise": "Report on progress every quarter",
        "owner": "Home Office",
        "action": "other",
        "status": "rejected",
        "is_reviewed": 1,
        "topics": ["casey-audit"],
        "recommendations": [],
        "score": 0.41,
        "sayings": [
            (
                PROGRESS,
                "b3",
                "We will report on progress every quarter",
                None,
                None,
                None,
                None,
                "firm",
            ),
        ],
    },
    {
        "number": 8,
        "promise": "Publish the child protection strategy",
        "owner": "Home Office",
        "action": "publish",
        "status": "open",
        "joined_into": "FT-1",
        "topics": ["casey-audit"],
        "recommendations": [],
        "sayings": [],
        "said": "2025-11-18",
    },
    {
        "number": 9,
        "promise": "Make police forces record the ethnicity of suspects",
        "owner": "Home Office",
        "action": "legislate",
        "status": "open",
        "topics": ["casey-audit"],
        "recommendations": ["casey-2025/4"],
        "slipped_days": -90,
        "first_latest": "2026-04-01",
        "sequence": 1,
        "sayings": [
            (
                AUDIT,
                "c1",
                "We will make it mandatory for police forces to record the ethnicity of suspects by 1 April 2026",
                "by 1 April 2026",
                "2025-09-16",
                "2026-04-01",
                "day",
                "firm",
            ),
            (
                LORDS,
                "c1",
                "The recording of the ethnicity of suspects will now begin on 1 January 2026",
                "on 1 January 2026",
                "2026-01-01",
                "2026-01-01",
                "day",
                "firm",
            ),
        ],
    },
    {
        "number": 10,
        "promise": "Open a fund for services for survivors",
        "owner": "Home Office",
        "action": "fund",
        "status": "open",
        "topics": ["support"],
        "recommendations": ["iicsa-2022/16"],
        "slipped_days": 153,
        "first_latest": "2026-03-31",
        "sequence": 1,
        "sayings": [
            (
                PROGRESS,
                "b2",
                "We will open a fund for services for survivors in summer 2026",
                "in summer 2026",
                "2026-06-01",
                "2026-08-31",
                "season",
                "firm",
            ),
        ],
    },
    {
        "number": 11,
        "promise": "Look at how a named worker for every survivor could be paid for",
        "owner": "Home Office",
        "action": "review",
        "status": "undated",
        "needs_look": 1,
        "topics": ["support"],
        "recommendations": ["iicsa-2022/16"],
        "score": 0.56,
        "sayings": [
            (
                QUESTIONS,
                "c2",
                "we will look at how that could be paid for once the spending review reports",
                "once the spending review reports",
                None,
                None,
                "event",
                "aspirational",
            ),
        ],
    },
    {
        "number": 12,
        "promise": "Ban out-of-area working by taxis",
        "owner": "Home Office",
        "action": "legislate",
        "status": "undated",
        "topics": ["casey-audit"],
        "recommendations": ["casey-2025/11"],
        "sayings": [
            (
                AUDIT,
                "c3",
                "We will also ban out-of-area working by taxis when parliamentary time allows",
                "when parliamentary time allows",
                None,
                None,
                "none",
                "conditional",
            ),
        ],
    },
    {
        "number": 13,
        "promise": "Publish a code of practice on hash matching",
        "owner": "Ofcom",
        "action": "publish",
        "status": "open",
        "topics": ["online-safety"],
        "recommendations": [],
        "sayings": [
            (
                LORDS,
                "c1",
                "Ofcom will publish its code of practice on hash matching by 15 December",
                "by 15 December",
                "2025-11-04",
                "2025-12-15",
                "day",
                "firm",
            ),
        ],
    },
    {
        "number": 14,
        "promise": "Train 500 social workers in recognising child sexual abuse",
        "owner": "Department for Education",
        "action": "train",
        "status": "open",
        "topics": ["support"],
        "recommendations": [],
        "sayings": [
            (
                NEWS,
                "b1",
                "We will train 500 social workers in recognising child sexual abuse by July 2026",
                "by July 2026",
                "2025-11-20",
                "2026-07-31",
                "month",
                "firm",
            ),
        ],
    },
]

# kind, commitment number, day, noticed, days, old latest, new latest, quotes before and after, summary
EVENTS: list[tuple[str, int, str, int | None, str | None, str | None, str]] = [
    ("said", 1, "2025-09-16", None, None, "2025-12-31", "Said for the first time, to be done by 31 December 2025."),
    (
        "slipped",
        1,
        "2025-11-18",
        151,
        "2025-12-31",
        "2026-05-31",
        "Slipped by 151 days: 31 December 2025 to 31 May 2026.",
    ),
    ("said", 2, "2025-09-16", None, None, "2025-10-31", "Said for the first time, to be done by 31 October 2025."),
    ("softened", 2, "2025-11-18", None, "2025-10-31", None, "Softened: it had a date, now it is “in due course”."),
    ("said", 3, "2025-09-16", None, None, "2025-10-31", "Said for the first time, to be done by 31 October 2025."),
    ("due date passed", 3, "2025-11-01", None, None, "2025-10-31", "The last day, 31 October 2025, has passed."),
    ("said", 4, "2025-10-09", None, None, "2025-10-17", "Said for the first time, to be done by 17 October 2025."),
    ("evidence", 4, "2025-11-12", None, None, None, "A later text says that it has been done."),
    ("reviewed", 4, "2025-11-13", None, None, None, "HM marked it as delivered."),
    ("said", 5, "2025-10-09", None, None, "2025-10-31", "Said for the first time, to be done by 31 October 2025."),
    ("due date passed", 5, "2025-11-01", None, None, "2025-10-31", "The last day, 31 October 2025, has passed."),
    ("evidence", 5, "2025-11-12", None, None, None, "A later text says that it has been done."),
    ("said", 6, "2025-09-22", None, None, "2026-04-30", "Said for the first time, to be done by 30 April 2026."),
    ("source withdrawn", 6, "2025-11-03", None, None, None, "The page was withdrawn."),
    ("said", 9, "2025-09-16", None, None, "2026-04-01", "Said for the first time, to be done by 1 April 2026."),
    (
        "brought forward",
        9,
        "2025-11-04",
        90,
        "2026-04-01",
        "2026-01-01",
        "Brought forward by 90 days to 1 January 2026.",
    ),
    ("said", 10, "2025-09-08", None, None, "2026-03-31", "Said for the first time, to be done by 31 March 2026."),
    (
        "source edited",
        10,
        "2025-11-21",
        153,
        "2026-03-31",
        "2026-08-31",
        "The page was edited: “by March 2026” became “in summer 2026”.",
    ),
    ("said", 11, "2025-11-18", None, None, None, "Said for the first time, without a date."),
    ("said", 12, "2025-09-16", None, None, None, "Said for the first time, without a date."),
    ("said", 13, "2025-11-04", None, None, "2025-12-15", "Said for the first time, to be done by 15 December 2025."),
    ("said", 14, "2025-11-20", None, None, "2026-07-31", "Said for the first time, to be done by 31 July 2026."),
]

COVERAGE = [
    ("hansard", "Commons 2025-11-18", "Commons", "2025-11-18", "collected", 12, None),
    ("hansard", "Commons 2025-11-19", "Commons", "2025-11-19", "failed", 0, "HTTP 503 three times"),
    ("hansard", "Commons 2025-11-20", "Commons", "2025-11-20", "collected", 9, None),
    ("hansard", "Commons 2025-11-21", "Commons", "2025-11-21", "empty by calendar", 0, "not a sitting day"),
    ("hansard", "Lords 2025-11-20", "Lords", "2025-11-20", "collected", 7, None),
    ("written_questions", "answered 2025-11-21", None, "2025-11-21", "collected", 41, None),
    ("govuk", "home-office from 2025-11-17", None, "2025-11-24", "collected", 6, None),
]


def _passages(database: Database, document: dict[str, Any], version: str, rows: list[Any], *, latest: bool) -> None:
    names = {person[0]: person[1] for person in PEOPLE}
    posts = {post[0]: (post[1], post[2]) for post in POSTS}
    for position, (key, kind, text, person, column) in enumerate(rows):
        post, department = posts.get(person, (None, document["departments"][0] if person is None else None))
        database["passages"].insert(
            {
                "version": version,
                "document": document["id"],
                "key": key,
                "position": position,
                "kind": kind,
                "text": text,
                "spoken_on": document["published"],
                "speaker": names.get(person),
                "attribution": names.get(person),
                "person": person,
                "post": post,
                "department": department,
                "is_government": None if kind == "heading" else int(post is not None or person is None),
                "house": document["house"],
                "column": column,
                "url": document["url"] + f"#contribution-{key}",
                "is_latest": int(latest),
            }
        )


def _document(database: Database, document: dict[str, Any]) -> None:
    state = document.get("state", "current")
    database["documents"].insert(
        {
            "id": document["id"],
            "source": document["id"].split("/")[0],
            "kind": document["kind"],
            "title": document["title"],
            "url": document["url"],
            "published": document["published"],
            "house": document["house"],
            "departments": json.dumps(document["departments"]),
            "state": state,
            "state_note": document.get("state_note"),
            "is_relevant": 1,
            "change_notes": json.dumps(document.get("change_notes", [])),
            "first_seen_at": document["published"] + "T18:00:00.000000Z",
            "last_seen_at": NOW,
        }
    )
    texts = [document["earlier"], document["passages"]] if "earlier" in document else [document["passages"]]
    for number, rows in enumerate(texts, start=1):
        latest = number == len(texts)
        fetched_at = document["published"] + "T18:00:00.000000Z" if number == 1 else "2025-11-21T18:00:00.000000Z"
        version = f"{document['id']}@{number}"
        digest = hashlib.sha256(repr(rows).encode()).hexdigest()
        database["versions"].insert(
            {
                "id": version,
                "document": document["id"],
                "number": number,
                "title": document["title"],
                "state": state,
                "fetched_at": fetched_at,
                "hash": digest,
                "answer_hash": digest,
                "answer_url": document["url"],
                "has_note": int(number == 1),
                "is_latest": int(latest),
            }
        )
        _passages(database, document, version, rows, latest=latest)


def _passage(database: Database, document: str, key: str, quote: str) -> dict[str, Any]:
    rows = database.query(
        "SELECT * FROM passages WHERE document = ? AND key = ? ORDER BY is_latest DESC, id", [document, key]
    )
    return next(row for row in rows if quote in row["text"])


def _statement(database: Database, commitment: dict[str, Any], order: int, saying: tuple[Any, ...]) -> None:
    document, key, quote, timing, earliest, latest, precision, firmness = saying
    passage = _passage(database, document, key, quote)
    vague = timing is not None and latest is None and precision == "none"
    database["statements"].insert(
        {
            "id": f"s{commitment['number']}-{order}",
            "commitment": f"FT-{commitment['number']}",
            "document": document,
            "passage": passage["id"],
            "passage_key": key,
            "quote": quote,
            "start": passage["text"].index(quote),
            "said_on": passage["spoken_on"],
            "speaker": passage["speaker"],
            "person": passage["person"],
            "post": passage["post"],
            "house": passage["house"],
            "column": passage["column"],
            "url": passage["url"],
            "owner": commitment["owner"],
            "firmness": firmness,
            "novelty": "new" if order == 1 else "restated",
            "action": commitment["action"],
            "timing": timing,
            "timing_start": passage["text"].index(timing) if timing else None,
            "timing_kind": None if timing is None else "vague" if vague else "event" if latest is None else "calendar",
            "earliest": earliest,
            "latest": latest,
            "precision": precision,
            "timing_rule": "by-period" if latest else None,
            "calendar_version": "2026-1" if latest else None,
            "why": "“We will” followed by an action is a firm undertaking by a minister.",
            "cues": json.dumps([{"id": "we-will", "start": passage["text"].index(quote), "end": 7}]),
            "score": commitment.get("score", 0.97),
            "features": json.dumps([["cue:we-will", 2.1], ["speaker:minister", 1.4], ["hedge:none", 0.3]]),
            "rules_version": "fixture",
            "state": commitment.get("state", "current"),
            "first_seen_at": passage["spoken_on"] + "T18:00:00.000000Z",
            "join_reason": None if order == 1 else "The same thing promised: the child protection strategy.",
        }
    )


def _commitment(database: Database, commitment: dict[str, Any]) -> None:
    sayings = commitment["sayings"]
    days = [document["published"] for saying in sayings for document in DOCUMENTS if document["id"] == saying[0]]
    timing, earliest, latest, precision, firmness = sayings[-1][3:8] if sayings else (None, None, None, None, "firm")
    vague = timing is not None and latest is None and precision == "none"
    kept = ("status", "has_evidence", "is_reviewed", "needs_look", "slipped_days", "delivered_on", "joined_into")
    row = {name: commitment[name] for name in kept if name in commitment}
    database["commitments"].insert(
        row
        | {
            "id": f"FT-{commitment['number']}",
            "number": commitment["number"],
            "promise": commitment["promise"],
            "owner": commitment["owner"],
            "action": commitment["action"],
            "firmness": firmness,
            "first_said": min(days, default=commitment.get("said")),
            "last_said": max(days, default=commitment.get("said")),
            "times_said": max(1, len(sayings)),
            "timing": timing,
            "timing_kind": None if timing is None else "vague" if vague else "event" if latest is None else "calendar",
            "earliest": earliest,
            "latest": latest,
            "precision": precision,
            "first_latest": commitment.get("first_latest", latest),
            "look_again": "2026-02-16" if vague else None,
            "score": commitment.get("score", 0.97),
            "sequence": commitment.get("sequence", 0),
        }
    )
    for order, saying in enumerate(sayings, start=1):
        _statement(database, commitment, order, saying)
    for topic in commitment["topics"]:
        database["commitment_topics"].insert({"commitment": f"FT-{commitment['number']}", "topic": topic})
    for recommendation in commitment["recommendations"]:
        database["commitment_recommendations"].insert(
            {
                "commitment": f"FT-{commitment['number']}",
                "recommendation": recommendation,
                "reason": "The action is what that recommendation asks for.",
            }
        )


def _deliveries(database: Database) -> None:
    for number, quote in (
        (5, "I have today published revised statutory guidance, Keeping Children Safe in Education"),
        (4, "We wrote to every local authority on 15 October"),
    ):
        passage = _passage(database, WRITTEN, "statement", quote)
        database["deliveries"].insert(
            {
                "id": f"d{number}",
                "document": WRITTEN,
                "passage": passage["id"],
                "quote": quote,
                "start": passage["text"].index(quote),
                "said_on": "2025-11-12",
                "speaker": "Martin Oakes",
                "url": passage["url"],
                "action": "publish",
                "commitment": f"FT-{number}",
                "reason": "The same thing, and the same action, said as done.",
                "first_seen_at": NOW,
            }
        )


def _events(database: Database) -> None:
    for order, (kind, number, day, days, old, new, summary) in enumerate(EVENTS):
        first, second = f"s{number}-1", f"s{number}-2"
        moved = kind in ("slipped", "softened", "brought forward")
        edited = kind == "source edited"
        database["events"].insert(
            {
                "id": f"e{order:02}",
                "commitment": f"FT-{number}",
                "kind": kind,
                "happened_on": day,
                "noticed_at": f"{day}T18:00:00.000000Z",
                "statement": second if moved else first if kind == "said" else None,
                "previous_statement": first if moved else None,
                "delivery": f"d{number}" if kind == "evidence" else None,
                "quote_before": "We will open a fund for services for survivors by March 2026" if edited else None,
                "quote_after": "We will open a fund for services for survivors in summer 2026" if edited else None,
                "old_latest": old,
                "new_latest": new,
                "days": days,
                "summary": summary,
            }
        )


def _surroundings(database: Database) -> None:
    database["sources"].insert_all(
        {
            "id": row[0],
            "name": row[1],
            "licence": row[2],
            "attribution": f"Contains information licensed under the {row[2]}.",
            "url": row[3],
        }
        for row in SOURCES
    )
    database["people"].insert_all(dict(zip(("id", "name", "house", "party"), row, strict=True)) for row in PEOPLE)
    database["posts"].insert_all(
        dict(zip(("person", "title", "department", "start"), row, strict=True)) | {"end": None} for row in POSTS
    )
    database["topics"].insert_all(dict(zip(("id", "name", "description"), row, strict=True)) for row in TOPICS)
    database["terms"].insert_all(
        {"id": row[0], "topic": row[1], "phrases": json.dumps(row[2]), "vocabulary_version": "fixture"} for row in TERMS
    )
    for identifier, title, author, published, url, numbers in SETS:
        database["recommendation_sets"].insert(
            {"id": identifier, "title": title, "author": author, "published": published, "url": url, "is_complete": 1}
        )
        database["recommendations"].insert_all(
            {
                "id": f"{identifier}/{number}",
                "set": identifier,
                "number": str(number),
                "position": number,
                "title": f"Recommendation {number} in our own words",
                "summary": f"What recommendation {number} asks for, in one sentence of ours.",
                "responsible": "Home Office",
            }
            for number in range(1, numbers + 1)
        )


def _mentions(database: Database) -> None:
    for row in list(database.query("SELECT id, text FROM passages WHERE is_latest = 1")):
        for term, _topic, phrases in TERMS:
            for phrase in phrases:
                start = row["text"].lower().find(phrase.lower())
                if start >= 0:
                    database["mentions"].insert(
                        {"passage": row["id"], "term": term, "start": start, "end": start + len(phrase)}, ignore=True
                    )


def _reviews(database: Database) -> None:
    database["reviews"].insert_all(
        [
            {
                "id": f"r{number}",
                "decision": decision,
                "commitment": f"FT-{number}",
                "value": value,
                "evidence": evidence,
                "reviewer": "HM",
                "made_at": "2025-11-13T10:12:00.000000Z",
                "reason": reason,
                "state": "applied",
            }
            for number, decision, value, evidence, reason in (
                (4, "delivered", "2025-10-15", "d4", "The letter is on the Department's page."),
                (5, "delivered", "2025-11-12", "d5", "Read the guidance: it is the new text."),
                (7, "reject", None, None, "Ongoing business, no new action."),
            )
        ]
    )


def build(path: Path) -> None:
    """Write the register of the tests to `path`; the file must not be there yet."""
    database = open_database(path, "register")
    with database.atomic():
        _surroundings(database)
        for document in DOCUMENTS:
            _document(database, document)
        for commitment in COMMITMENTS:
            _commitment(database, commitment)
        _deliveries(database)
        _events(database)
        _mentions(database)
        _reviews(database)
        passage = _passage(database, AUDIT, "c1", "We will make it mandatory")
        database["positions"].insert(
            {
                "recommendation": "casey-2025/4",
                "position": "accepted",
                "document": AUDIT,
                "passage": passage["id"],
                "quote": "We will make it mandatory for police forces",
                "start": passage["text"].index("We will make it mandatory for police forces"),
                "said_on": "2025-09-16",
                "url": passage["url"],
            }
        )
        database["possible_joins"].insert(
            {"statement": "s11-1", "commitment": "FT-10", "reason": "Both are about services for survivors."}
        )
        names = ("source", "scope", "house", "day", "state", "found", "note")
        database["coverage"].insert_all(dict(zip(names, row, strict=True)) | {"asked_at": NOW} for row in COVERAGE)
        database["refusals"].insert(
            {
                "source": "govuk",
                "url": "https://www.gov.uk/api/content/government/publications/an-odd-page",
                "fetched_at": NOW,
                "outcome": "source changed",
                "place": "details.body",
                "what": "details.body is missing",
            }
        )
        database["runs"].insert_all(
            {
                "command": "crawl",
                "source": source,
                "started_at": "2025-11-24T06:30:00.000000Z",
                "finished_at": NOW,
                "outcome": outcome,
                "counts": "{}",
                "note": None,
            }
            for source, outcome in (("hansard", "good"), ("written_questions", "good"), ("govuk", "failed"))
        )
        database["facts"].insert_all([{"name": "as_of", "value": AS_OF}, {"name": "sample_world", "value": "yes"}])
    database.close()
