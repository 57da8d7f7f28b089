"""GOV.UK pages of the sample world as the Content API gives them, with their attachments as files and own pages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from replica.pdf import scanned_pdf, text_pdf
from replica.shelf import File, Json, ShelfPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from replica.world import Lived, World

ASSETS = "https://assets.publishing.service.gov.uk"
PDF = "application/pdf"
ORGANISATIONS = {
    "home-office": "Home Office",
    "department-for-education": "Department for Education",
    "ministry-of-justice": "Ministry of Justice",
    "department-for-transport": "Department for Transport",
    "department-of-health-and-social-care": "Department of Health and Social Care",
    "department-for-science-innovation-and-technology": "Department for Science, Innovation and Technology",
    "ministry-of-housing-communities-and-local-government": "Ministry of Housing, Communities and Local Government",
    "child-safeguarding-practice-review-panel": "Child Safeguarding Practice Review Panel",
    "ofsted": "Ofsted",
    "cabinet-office": "Cabinet Office",
    "prime-ministers-office-10-downing-street": "Prime Minister's Office, 10 Downing Street",
    "disclosure-and-barring-service": "Disclosure and Barring Service",
}
GOVERNMENT = {"title": "2024 Labour government", "slug": "2024-labour-government", "current": True}
MINISTERS = "/government/ministers"


def pages_of(world: World, as_of: date) -> tuple[dict[str, ShelfPage], dict[str, File]]:
    """Return the pages by base path, and the files by path on the assets host, as they stand on a day."""
    pages: dict[str, ShelfPage] = {MINISTERS: ShelfPage(content=_ministers(world, as_of), is_listed=False)}
    files: dict[str, File] = {}
    for lived in world.publications:
        now = lived.at(as_of)
        if now is not None:
            _add_page(pages, files, lived, now, as_of)
    return pages, files


def _add_page(
    pages: dict[str, ShelfPage], files: dict[str, File], lived: Lived, now: Mapping[str, Any], as_of: date
) -> None:
    path = str(now["path"])
    # upstream keeps the file of a removed page for a while; ours goes with its page
    if "gone" in now:
        pages[path] = ShelfPage(content=_gone(now), status=410, is_listed=False)
    elif "redirect" in now:
        pages[path] = ShelfPage(content=_redirect(now), is_listed=False)
    else:
        seen = lived.until(as_of)
        content = _content(now, seen)
        for attachment in now.get("attachments") or []:
            if attachment["kind"] == "html":
                part = _html_page(content, now, attachment)
                pages[part["base_path"]] = ShelfPage(content=part, is_listed=False)
            else:
                files[asset_path(path, attachment["file"])] = _file(attachment, str(now["updated"]))
        pages[path] = ShelfPage(content=content, is_listed=not content["withdrawn_notice"])


def asset_path(page: str, file: str) -> str:
    """Return the path of a file on the assets host: 24 hexadecimal digits, then its name."""
    return f"/media/{uuid5(NAMESPACE_URL, f'{page}/{file}').hex[:24]}/{file}"


def _content(now: Mapping[str, Any], seen: Sequence[Mapping[str, Any]]) -> Json:
    path, published, updated = str(now["path"]), str(now["published"]), str(now["updated"])
    withdrawn: Json = {}
    if now.get("withdrawn"):
        state = next(state for state in reversed(seen) if "withdrawn" in state)
        # a withdrawal is a change too, whether or not its author wrote an hour down
        updated = str(state.get("updated") or f"{state['from']}T06:00:00Z")
        withdrawn = {"explanation": now["withdrawn"], "withdrawn_at": updated}
    return {
        **_head(path, str(now["content_id"]), str(now["title"]), str(now["schema"]), str(now["document_type"])),
        "description": now.get("description") or "",
        "first_published_at": str(next(state["published"] for state in seen if "published" in state)),
        "public_updated_at": published,
        "updated_at": updated,
        "withdrawn_notice": withdrawn,
        "details": _details(now, seen),
        "links": _links(now),
    }


def _head(path: str, content_id: str, title: str, schema: str, document_type: str) -> Json:
    return {
        "base_path": path,
        "content_id": content_id,
        "title": title,
        "schema_name": schema,
        "document_type": document_type,
        "locale": "en",
        "phase": "live",
        "publishing_app": "whitehall",
        "rendering_app": "frontend",
    }


def _details(now: Mapping[str, Any], seen: Sequence[Mapping[str, Any]]) -> Json:
    history = [{"public_timestamp": str(s["published"]), "note": s["note"]} for s in seen if s.get("note")]
    details: Json = {"body": now.get("body") or "", "political": True, "government": GOVERNMENT}
    if now["schema"] in ("guide", "answer"):
        details = {"external_related_links": []}
        if now["schema"] == "answer":
            details["body"] = now.get("body") or ""
    elif now["schema"] == "document_collection":
        details |= {"collection_groups": []}
    if now["schema"] not in ("guide", "answer"):
        details |= {"change_history": history[::-1], "first_public_at": str(seen[0].get("published", ""))}
    for name, value in (now.get("details") or {}).items():
        details[name] = value
    if attachments := now.get("attachments"):
        details["attachments"] = [_attachment(str(now["path"]), each) for each in attachments]
    return details


def _attachment(path: str, attachment: Mapping[str, Any]) -> Json:
    if attachment["kind"] == "html":
        slug = attachment["slug"]
        return {"attachment_type": "html", "id": slug, "title": attachment["title"], "url": f"{path}/{slug}"}
    name = str(attachment["file"])
    body = _file(attachment, "").body
    pages = attachment.get("pages")
    return {
        "attachment_type": "file",
        "id": name,
        "title": attachment["title"],
        "url": f"{ASSETS}{asset_path(path, name)}",
        "filename": name,
        "content_type": PDF,
        "file_size": len(body),
        "number_of_pages": pages if isinstance(pages, int) else len(pages or []),
        "accessible": False,
        "assets": [{"asset_manager_id": asset_path(path, name).split("/")[2], "filename": name}],
    }


def _file(attachment: Mapping[str, Any], updated: str) -> File:
    pages = attachment.get("pages")
    title = str(attachment["title"])
    if attachment["kind"] == "scanned":
        body = scanned_pdf(int(pages or 1), title)
    else:
        body = text_pdf([str(page) for page in pages or [""]], title)
    modified = format_datetime(datetime.fromisoformat(updated).astimezone(UTC), usegmt=True) if updated else None
    return File(body=body, media_type=PDF, last_modified=modified)


def _html_page(parent: Json, now: Mapping[str, Any], attachment: Mapping[str, Any]) -> Json:
    """Return an HTML attachment as the page of its own that holds the full text."""
    path = f"{parent['base_path']}/{attachment['slug']}"
    content_id = str(uuid5(NAMESPACE_URL, path))
    links = {name: value for name, value in parent["links"].items() if name != "children"}
    up = {name: parent[name] for name in ("base_path", "content_id", "title", "document_type", "locale")}
    return {
        **_head(path, content_id, str(attachment["title"]), "html_publication", "html_publication"),
        "description": None,
        "first_published_at": parent["first_published_at"],
        "public_updated_at": parent["public_updated_at"],
        "updated_at": parent["updated_at"],
        "withdrawn_notice": parent["withdrawn_notice"],
        "details": {
            "body": attachment["body"],
            "public_timestamp": parent["public_updated_at"],
            "first_published_version": len(now.get("note") or "") > 0,
            "political": True,
        },
        "links": {**links, "parent": [{**up, **_addresses(parent["base_path"]), "links": {}}]},
    }


def _addresses(path: str) -> Json:
    return {
        "api_path": f"/api/content{path}",
        "api_url": f"https://www.gov.uk/api/content{path}",
        "web_url": f"https://www.gov.uk{path}",
    }


def organisation(slug: str) -> Json:
    """Return an organisation as it stands in the links of a page."""
    path = f"/government/organisations/{slug}"
    title = ORGANISATIONS.get(slug) or slug.replace("-", " ").title()
    return {
        "base_path": path,
        "content_id": str(uuid5(NAMESPACE_URL, path)),
        "document_type": "organisation",
        "schema_name": "organisation",
        "locale": "en",
        "title": title,
        "withdrawn": False,
        "details": {"logo": {"formatted_title": title, "crest": "single-identity"}, "brand": slug},
        "links": {},
        **_addresses(path),
    }


def _links(now: Mapping[str, Any]) -> Json:
    """Return the links of a page; those that its file gives are objects with at least a title."""
    organisations = [organisation(slug) for slug in now.get("organisations") or []]
    links: Json = {
        "organisations": organisations,
        "primary_publishing_organisation": organisations[:1],
        "available_translations": [],
    }
    children = [each for each in now.get("attachments") or [] if each["kind"] == "html"]
    if children:
        links["children"] = [
            {
                **_head(
                    f"{now['path']}/{each['slug']}",
                    str(uuid5(NAMESPACE_URL, f"{now['path']}/{each['slug']}")),
                    str(each["title"]),
                    "html_publication",
                    "html_publication",
                ),
                **_addresses(f"{now['path']}/{each['slug']}"),
                "links": {},
            }
            for each in children
        ]
    if speaker := now.get("speaker"):
        links["speaker"] = [_person(str(speaker))]
    return links


def _person(name: str) -> Json:
    path = f"/government/people/{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}"
    return {
        "base_path": path,
        "content_id": str(uuid5(NAMESPACE_URL, path)),
        "document_type": "person",
        "schema_name": "person",
        "locale": "en",
        "title": name,
        "links": {},
        **_addresses(path),
    }


def _gone(now: Mapping[str, Any]) -> Json:
    updated = _changed(now)
    return {
        **_head(str(now["path"]), str(now["content_id"]), "", "gone", "gone"),
        "description": None,
        "public_updated_at": updated,
        "updated_at": updated,
        "details": {"explanation": now["gone"] or "", "alternative_path": now.get("alternative") or ""},
        "links": {},
    }


def _redirect(now: Mapping[str, Any]) -> Json:
    path, target = str(now["path"]), str(now["redirect"])
    updated = _changed(now)
    return {
        **_head(path, str(now["content_id"]), "", "redirect", "redirect"),
        "description": None,
        "public_updated_at": updated,
        "updated_at": updated,
        "details": {},
        "redirects": [{"path": path, "type": "exact", "destination": target}],
        "links": {},
    }


def _changed(now: Mapping[str, Any]) -> str:
    """Return the hour at which the present state began: a removal seldom has one of its own."""
    return f"{now['from']}T06:00:00Z"


def _ministers(world: World, as_of: date) -> Json:
    """Return the list of ministers: those who hold a government post on the day."""
    people = [
        {**_person(person.name), "details": {}, "links": {"role_appointments": _appointments(posts, person.name)}}
        for person in world.people
        if (posts := [p for p in person.posts if p.start <= as_of and (p.end is None or p.end >= as_of)])
    ]
    updated = max(
        [f"{p.start}T09:00:00Z" for person in world.people for p in person.posts if p.start <= as_of],
        default="2024-07-05T09:00:00Z",
    )
    return {
        **_head(MINISTERS, str(uuid5(NAMESPACE_URL, MINISTERS)), "Ministers", "ministers_index", "ministers_index"),
        "description": "Ministers of an invented government",
        "public_updated_at": updated,
        "updated_at": updated,
        "details": {"body": ""},
        "links": {"ordered_cabinet_ministers": people, "ordered_also_attends_cabinet": []},
    }


def _appointments(posts: Sequence[Any], name: str) -> list[Json]:
    return [
        {
            "content_id": str(uuid5(NAMESPACE_URL, f"{name}/{post.title}/{post.start}")),
            "document_type": "role_appointment",
            "title": f"{name} - {post.title}",
            "locale": "en",
            "details": {"started_on": f"{post.start}T00:00:00Z", "ended_on": None, "current": True},
            "links": {"role": [{"title": post.title, "document_type": "ministerial_role", "locale": "en"}]},
        }
        for post in posts
    ]
