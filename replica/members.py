"""members-api.parliament.uk: members, their posts, answering bodies, by its OpenAPI contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from replica.answers import give_json, problem, shelf_of, whole

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from replica.shelf import Json

HOST = "members-api.parliament.uk"
MOST = 20  # rows of a page, whatever `take` says


def routes() -> list[Route]:
    """Return the addresses of the host."""
    return [
        Route("/api/Members/Search", search),
        Route("/api/Members/{number:int}", member),
        Route("/api/Members/{number:int}/Biography", biography),
        Route("/api/Posts/GovernmentPosts", government_posts),
        Route("/api/Reference/AnsweringBodies", answering_bodies),
    ]


def search(request: Request) -> Response:
    """Answer with a page of the members that fit name, House and time."""
    name, house = request.query_params.get("Name", "").lower(), whole(request, "House", 0)
    found = [
        each
        for each in shelf_of(request).members
        if name in each["nameDisplayAs"].lower() and house in (0, (each["latestHouseMembership"] or {}).get("house"))
    ]
    skip, take = whole(request, "skip", 0), min(whole(request, "take", MOST), MOST)
    answer = {
        "items": [_linked(each) for each in found[skip : skip + take]],
        "totalResults": len(found),
        "resultContext": f"{len(found)} members",
        "skip": skip,
        "take": take,
        "links": [],
        "resultType": "House, Status",
    }
    return give_json(request, answer)


def member(request: Request) -> Response:
    """Answer with one member."""
    number = request.path_params["number"]
    found = next((each for each in shelf_of(request).members if each["id"] == number), None)
    return problem(request, 404, "Not Found") if found is None else give_json(request, _linked(found))


def biography(request: Request) -> Response:
    """Answer with the posts and seats of one member."""
    number = request.path_params["number"]
    found = shelf_of(request).posts.get(number)
    if found is None:
        return problem(request, 404, "Not Found")
    links = [{"rel": "self", "href": f"/Members/{number}/Biography", "method": "GET"}]
    return give_json(request, {"value": found, "links": links})


def government_posts(request: Request) -> Response:
    """Answer with the posts held now: those of the Cabinet only, as upstream was seen to."""
    shelf = shelf_of(request)
    members = {each["id"]: each for each in shelf.members}
    rows = [
        {"value": _post(post, members[number]), "links": []}
        for number, told in sorted(shelf.posts.items())
        for post in told["governmentPosts"]
        if post["endDate"] is None and "Secretary" in post["name"] and number in members
    ]
    return give_json(request, rows)


def answering_bodies(request: Request) -> Response:
    """Answer with the bodies whose name holds the words asked for."""
    words = request.query_params.get("nameContains", "").lower()
    number = whole(request, "id", 0)
    found = [
        body
        for body in shelf_of(request).answering_bodies
        if words in body["name"].lower() and number in (0, body["id"])
    ]
    return give_json(request, found)


def _linked(value: Json) -> Json:
    number = value["id"]
    parts = {"self": "", "overview": "", "synopsis": "/Synopsis", "contactInformation": "/Contact"}
    links = [{"rel": rel, "href": f"/Members/{number}{part}", "method": "GET"} for rel, part in parts.items()]
    return {"value": value, "links": links}


def _post(post: Json, holder: Json) -> Json:
    return {
        "type": 0,
        "name": post["name"],
        "hansardName": None,
        "id": post["id"],
        "postHolders": [
            {
                "member": _linked(holder),
                "startDate": post["startDate"],
                "endDate": None,
                "layingMinisterName": None,
                "isPaid": True,
            }
        ],
        "governmentDepartments": [{"id": 1, "name": post["additionalInfo"], "url": None}],
        "createdWhen": post["startDate"],
        "order": 1,
    }
