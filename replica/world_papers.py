"""Questions, statements, members, committees and recesses of the sample world in the shapes of Parliament's APIs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from replica.shelf import Json
    from replica.world import Lived, World, WorldPerson

HOUSE_NUMBERS = {"Commons": 1, "Lords": 2}
PARTIES = {
    "Labour": (15, "Lab", "d50000"),
    "Conservative": (4, "Con", "0000ff"),
    "Liberal Democrat": (17, "LD", "faa01a"),
    "Crossbench": (6, "XB", "C0C0C0"),
    "Green Party": (44, "GP", "78b82a"),
}
BODIES = {
    1: "Home Office",
    60: "Department for Education",
    54: "Ministry of Justice",
    17: "Department of Health and Social Care",
    216: "Department for Science, Innovation and Technology",
    7: "Ministry of Housing, Communities and Local Government",
    27: "Department for Transport",
    53: "Cabinet Office",
    23: "Prime Minister",
    14: "Treasury",
    13: "Department for Environment, Food and Rural Affairs",
}
PUBLICATION_TYPES = {
    1: ("Report", True, False, "Reports"),
    2: ("Government Response", False, True, "Government Responses"),
    3: ("Correspondence", False, True, "Correspondence"),
    12: ("Special Report", True, True, "Special Reports"),
}


def body_name(world: World, number: int) -> str:
    """Return the name of an answering body."""
    return world.answering_bodies.get(number) or BODIES.get(number) or f"Answering body {number}"


def midnight(day: str | date | None) -> str | None:
    """Write a day as upstream does: at midnight, without a zone."""
    return f"{day}T00:00:00" if day else None


def summary(world: World, number: int | None) -> Json | None:
    """Return a member as questions and statements give them when asked to expand."""
    person = next((person for person in world.people if person.id == number), None)
    if person is None:
        return None
    _, short, colour = PARTIES.get(person.party, (0, person.party[:3], "909090"))
    return {
        "id": person.id,
        "listAs": person.list_as,
        "name": person.name,
        "party": person.party,
        "partyColour": colour,
        "partyAbbreviation": short,
        "memberFrom": person.constituency or "Life peer",
        "thumbnailUrl": f"https://members-api.parliament.uk/api/Members/{person.id}/Thumbnail",
    }


def questions_of(world: World, as_of: date) -> list[Json]:
    """Return the questions as they stand on a day, by id."""
    found = [_question(world, lived, as_of) for lived in world.questions]
    return sorted((value for value in found if value), key=lambda value: value["id"])


def _question(world: World, lived: Lived, as_of: date) -> Json | None:
    now = lived.at(as_of)
    if now is None:
        return None
    corrected, answer = now.get("corrected"), now.get("answer")
    seen = lived.until(as_of)
    before = next((s["answer"] for s in reversed(seen) if s.get("answer") and not s.get("corrected")), "")
    held = next((s["answered"] for s in seen if s.get("holding")), None)
    grouped = [str(uin) for uin in now.get("grouped_with") or []]
    return {
        "id": now["id"],
        "askingMemberId": now["asked_by"],
        "askingMember": summary(world, now["asked_by"]),
        "house": now["house"],
        "memberHasInterest": bool(now.get("interest")),
        "dateTabled": midnight(now["tabled"]),
        "dateForAnswer": midnight(now["due"]),
        "uin": str(now["uin"]),
        "questionText": now["question"],
        "answeringBodyId": now["body"],
        "answeringBodyName": body_name(world, now["body"]),
        "isWithdrawn": bool(now.get("withdrawn")),
        "isNamedDay": bool(now.get("named_day")),
        "groupedQuestions": grouped,
        "answerIsHolding": bool(now.get("holding")) if answer else None,
        "answerIsCorrection": bool(corrected) if answer else None,
        "answeringMemberId": now.get("by"),
        "answeringMember": summary(world, now.get("by")),
        "correctingMemberId": now.get("corrected_by"),
        "correctingMember": summary(world, now.get("corrected_by")),
        "dateAnswered": midnight(now.get("answered")),
        "answerText": answer,
        "originalAnswerText": before if corrected else "",
        "comparableAnswerText": "",
        "dateAnswerCorrected": midnight(corrected),
        "dateHoldingAnswer": midnight(held),
        "attachmentCount": 0,
        "heading": now["heading"],
        "attachments": [],
        "groupedQuestionsDates": [
            {"questionUin": uin, "dateTabled": midnight(_tabled(world, uin) or now["tabled"])} for uin in grouped
        ],
    }


def _tabled(world: World, uin: str) -> str | None:
    return next((lived.fixed["tabled"] for lived in world.questions if str(lived.fixed["uin"]) == uin), None)


def statements_of(world: World, as_of: date) -> list[Json]:
    """Return the written statements that are out on a day, by id."""
    ids = {str(statement["uin"]): statement for statement in world.statements}
    out = [statement for statement in world.statements if date.fromisoformat(statement["from"]) <= as_of]
    return [_statement(world, statement, ids) for statement in sorted(out, key=lambda s: int(s["id"]))]


def _statement(world: World, statement: Mapping[str, Any], ids: Mapping[str, Mapping[str, Any]]) -> Json:
    links = [link if isinstance(link, dict) else {"uin": link} for link in statement.get("linked") or []]
    return {
        "id": statement["id"],
        "memberId": statement["by"],
        "member": summary(world, statement["by"]),
        "memberRole": statement["role"],
        "uin": str(statement["uin"]),
        "dateMade": midnight(statement["made"]),
        "answeringBodyId": statement["body"],
        "answeringBodyName": body_name(world, statement["body"]),
        "title": statement["title"],
        "text": statement["text"],
        "house": statement["house"],
        "noticeNumber": 1,
        "hasAttachments": False,
        "hasLinkedStatements": bool(links or statement.get("same_as")),
        "linkedStatements": [
            {
                "linkedStatementId": ids[str(link["uin"])]["id"],
                "linkType": link.get("type", "JointStatement"),
                "linkDate": midnight(statement["made"]),
            }
            for link in links
            if str(link["uin"]) in ids
        ],
        "attachments": [],
    }


def members_of(world: World) -> list[Json]:
    """Return the members as the Members API gives them."""
    return [_member(person) for person in world.people]


def _member(person: WorldPerson) -> Json:
    number, short, colour = PARTIES.get(person.party, (0, person.party[:3], "909090"))
    house = HOUSE_NUMBERS[person.house]
    return {
        "id": person.id,
        "nameListAs": person.list_as,
        "nameDisplayAs": person.name,
        "nameFullTitle": person.name + (" MP" if house == 1 else ""),
        "nameAddressAs": person.name,
        "latestParty": {
            "id": number,
            "name": person.party,
            "abbreviation": short,
            "backgroundColour": colour,
            "foregroundColour": "ffffff",
            "isLordsMainParty": True,
            "isLordsSpiritualParty": False,
            "governmentType": 0 if person.party == "Labour" else None,
            "isIndependentParty": False,
        },
        "gender": "F",
        "latestHouseMembership": {
            "membershipFrom": person.constituency or "Life peer",
            "membershipFromId": person.id if house == 1 else None,
            "house": house,
            "membershipStartDate": "2024-07-04T00:00:00",
            "membershipEndDate": None,
            "membershipEndReason": None,
            "membershipEndReasonNotes": None,
            "membershipEndReasonId": None,
            "membershipStatus": {
                "statusIsActive": True,
                "statusDescription": "Current Member",
                "statusNotes": None,
                "statusId": 0,
                "status": 0,
                "statusStartDate": "2024-07-04T00:00:00",
            },
        },
        "thumbnailUrl": f"https://members-api.parliament.uk/api/Members/{person.id}/Thumbnail",
    }


def posts_of(world: World, as_of: date) -> dict[int, Json]:
    """Return the biographies of the members on a day, by id."""
    return {person.id: _biography(person, as_of) for person in world.people}


def _biography(person: WorldPerson, as_of: date) -> Json:
    house = HOUSE_NUMBERS[person.house]
    posts = [
        {
            "house": house,
            "name": post.title,
            "id": person.id * 100 + number,
            "startDate": midnight(post.start),
            # a resignation is not known before it happens
            "endDate": midnight(post.end) if post.end and post.end <= as_of else None,
            "additionalInfo": post.department,
            "additionalInfoLink": None,
        }
        for number, post in enumerate(person.posts)
        if post.start <= as_of
    ]
    seat = {
        "house": house,
        "name": person.constituency or "Life peer",
        "id": person.id,
        "startDate": "2024-07-04T00:00:00",
        "endDate": None,
        "additionalInfo": None,
        "additionalInfoLink": None,
    }
    party = {**seat, "name": person.party, "id": PARTIES.get(person.party, (0, "", ""))[0]}
    return {
        "representations": [],
        "electionsContested": [],
        "houseMemberships": [seat],
        "governmentPosts": posts,
        "oppositionPosts": [],
        "otherPosts": [],
        "partyAffiliations": [party],
        "committeeMemberships": [],
    }


def answering_bodies_of(world: World) -> list[Json]:
    """Return the answering bodies of the Members API."""
    named = {**BODIES, **world.answering_bodies}
    return [
        {"id": number, "name": name, "shortName": name, "target": f"Minister of {name}", "department": None}
        for number, name in sorted(named.items())
    ]


def committees_of(world: World) -> list[Json]:
    """Return the committees that publish something, by id."""
    named = {entry["committee"]: entry for entry in world.committees}
    return [_committee(entry) for _, entry in sorted(named.items())]


def _committee(entry: Mapping[str, Any]) -> Json:
    house = entry.get("house", "Commons")
    return {
        "id": entry["committee"],
        "name": entry["committee_name"],
        "parentCommittee": None,
        "subCommittees": [],
        "house": house,
        "leadHouse": None,
        "category": {"id": 1, "name": "Select"},
        "committeeTypes": [],
        "showOnWebsite": True,
        "websiteLegacyUrl": None,
        "websiteLegacyRedirectEnabled": False,
        "startDate": "2024-09-11T00:00:00",
        "endDate": None,
        "dateCommonsAppointed": None,
        "dateLordsAppointed": None,
        "scrutinisingDepartments": [],
        "isLeadCommittee": None,
        "nameHistory": [],
        "contact": None,
    }


def publications_of(world: World, as_of: date) -> tuple[list[Json], dict[tuple[int, int], bytes]]:
    """Return the committee publications that are out on a day, newest first, and the bytes of their documents."""
    out = [entry for entry in world.committees if date.fromisoformat(entry["from"]) <= as_of]
    out.sort(key=lambda entry: (str(entry["published"]), int(entry["id"])), reverse=True)
    bodies = {(int(e["id"]), int(e["id"]) * 10): str(e.get("body") or "").encode() for e in out}
    return [_publication(entry, out) for entry in out], bodies


def _publication(entry: Mapping[str, Any], out: Sequence[Mapping[str, Any]]) -> Json:
    number, kind = int(entry["id"]), int(entry["type"])
    name, can_respond, can_be, plural = PUBLICATION_TYPES.get(kind, (entry["type_name"], False, False, ""))
    answers = [each for each in out if each.get("responds_to") == number]
    file = {
        "fileName": f"{entry['title']}.html",
        "fileSize": len(str(entry.get("body") or "")),
        "fileDataFormat": "Html",
        "url": None,
    }
    return {
        "id": number,
        "description": entry["title"],
        "publicationStartDate": f"{entry['published']}T00:01:00",
        "publicationEndDate": None,
        "governmentResponses": {
            "publication": [{"id": each["id"], "description": each["title"]} for each in answers],
            "responseDeadline": midnight(entry.get("response_deadline")),
            "responseExcepted": False,
        },
        "documents": [{"documentId": number * 10, "files": [file]}],
        "hcNumber": _paper(entry.get("hc_number")),
        "hlPaper": _paper(entry.get("hl_number")),
        "type": {
            "id": kind,
            "name": entry.get("type_name") or name,
            "description": None,
            "governmentCanRespond": can_respond,
            "canBeResponse": can_be,
            "iconKey": None,
            "pluralVersion": plural,
        },
        "responseToPublicationId": entry.get("responds_to"),
        "additionalContentUrl": None,
        "additionalContentUrl2": None,
        "respondingDepartment": None,
        "committee": _committee(entry),
        "businesses": [],
    }


def _paper(number: str | None) -> Json | None:
    """Return a paper number as the contract has it; the invented session is 2024-26."""
    if number is None:
        return None
    return {"number": str(number), "sessionId": 38, "sessionDescription": "2024-26"}


def recesses_of(world: World) -> list[Json]:
    """Return the recesses as rows of whatson's non-sitting days."""
    return [
        {
            "Id": number,
            "StartDate": midnight(recess["start"]),
            "EndDate": midnight(recess["end"]),
            "SummarisedDetails": recess["name"],
            "StartTime": None,
            "EndTime": None,
            "Description": recess["name"],
            "SortOrder": number,
            "Category": "Non-sitting",
            "Location": "",
            "Type": "Recess",
            "House": recess["house"],
            "CategoryCode": "NonSitting",
        }
        for number, recess in enumerate(world.recesses, start=7001)
    ]
