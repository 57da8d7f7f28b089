"""The subscription pages over real HTTP: only a POST acts, and nobody learns who is subscribed."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from typing import TYPE_CHECKING

import feedparser
import httpx
import pytest
import uvicorn

from commands.serve import browser, free_socket
from db.archive.archive import moment
from db.private.subscribers import Private, Subscription
from digest.links import make_link
from digest.post import Outbox
from digest.send import send_digests
from digest.settings import load_settings
from tests.digest.mailbox import parsed
from tests.digest.small import subscribe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.digest.small import SmallRegister

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
TOKEN = re.compile(r'name="csrftoken" value="([^"]+)"')
STARTED = 120  # seconds that the site may take to start


@pytest.fixture
def site(small: SmallRegister) -> Iterator[httpx.Client]:
    """Serve the small register on loopback; the mails go into its outbox."""
    small.event(small.commitment("we will publish the strategy"))
    taken = free_socket("127.0.0.1", 0)
    served = browser(small.folder)
    server = uvicorn.Server(uvicorn.Config(served.app(), log_level="error", lifespan="off"))

    def run() -> None:
        async def serve() -> None:
            await served.invoke_startup()
            await server.serve(sockets=[taken])

        asyncio.run(serve())

    thread = threading.Thread(target=run)
    thread.start()
    deadline = time.monotonic() + STARTED
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    with httpx.Client(base_url=f"http://127.0.0.1:{taken.getsockname()[1]}") as client:
        yield client
    server.should_exit = True
    thread.join()
    taken.close()
    for name in ("followthrough", "_internal"):
        served.get_database(name).close()
    served.executor.shutdown()


def post(site: httpx.Client, path: str, **fields: str | list[str]) -> httpx.Response:
    """Fill in a form as a browser does: with the token of its page."""
    page = site.get(path)
    found = TOKEN.search(page.text)
    assert found is not None
    return site.post(path, data={**fields, "csrftoken": found[1]})


def mails(folder: Path) -> list[str]:
    files = sorted((folder / "outbox").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    found = []
    for file in files:
        text = parsed(file.read_bytes()).get_body(("plain",))
        assert text is not None
        found.append(text.get_content())
    return found


def link_in(text: str, purpose: str) -> str:
    found = re.search(rf"http://127\.0\.0\.1:8001(/subscription/{purpose}/\S+)", text)
    assert found is not None
    return found[1]


def test_a_person_subscribes_confirms_changes_and_leaves(
    site: httpx.Client, small: SmallRegister, private: Private
) -> None:
    asked = post(site, "/subscribe", address="Ann@Example.org", topic="casey", frequency="daily")
    assert (asked.status_code, "Look into your mailbox" in asked.text) == (200, True)
    confirm = link_in(mails(small.folder)[0], "confirm")
    shown = site.get(confirm)
    person = private.by_address("Ann@example.org")
    assert person is not None
    assert (shown.status_code, person.state) == (200, "unconfirmed")
    assert post(site, confirm).status_code == 200
    settings = load_settings(small.folder, {})
    send_digests(small.folder, settings, Outbox(small.folder / "outbox"), moment("2036-09-08T05:30:00.000000Z"))
    person = private.by_address("Ann@example.org")
    assert person is not None
    assert (person.state, private.subscriptions_of(person.id)) == ("active", (Subscription("topic", "casey"),))

    manage = make_link(private, "", "manage", person)
    assert "checked> The Casey audit" in site.get(manage).text
    saved = post(site, manage, department="Home Office", frequency="monthly", paused="yes")
    person = private.by_address("Ann@example.org")
    assert person is not None
    assert (saved.status_code, person.state, person.frequency, private.subscriptions_of(person.id)) == (
        200,
        "paused",
        "monthly",
        (Subscription("department", "Home Office"),),
    )
    nothing = post(site, manage, frequency="weekly")
    assert (nothing.status_code, "Choose what you want to be told of" in nothing.text) == (400, True)
    assert private.subscriptions_of(person.id) == (Subscription("department", "Home Office"),)

    leave = make_link(private, "", "unsubscribe", person)
    assert site.get(leave).status_code == 200
    assert private.by_address("Ann@example.org") is not None
    assert site.post(leave, data=ONE_CLICK).status_code == 200
    assert private.by_address("Ann@example.org") is None
    assert site.post(leave, data=ONE_CLICK).status_code == 200


def test_leaving_takes_the_address_out_of_every_file(
    site: httpx.Client, small: SmallRegister, private: Private
) -> None:
    subscribe(private, "ann@example.org")
    person = private.by_address("ann@example.org")
    assert person is not None
    link = make_link(private, "", "unsubscribe", person)
    private.close()
    assert site.post(link, data=ONE_CLICK).status_code == 200
    left = [file.name for file in small.folder.glob("private.db*") if b"ann@example.org" in file.read_bytes()]
    assert left == []


def test_who_never_confirmed_is_taken_out_of_every_file_after_three_days(
    site: httpx.Client, small: SmallRegister, private: Private
) -> None:
    post(site, "/subscribe", address="bob@example.org", everything="yes")
    joined = private.by_address("bob@example.org")
    assert joined is not None
    assert private.forget_unconfirmed(joined.joined_at) == 0
    assert private.forget_unconfirmed("9999") == 1
    left = [file.name for file in small.folder.glob("private.db*") if b"bob@example.org" in file.read_bytes()]
    assert left == []


def test_who_is_subscribed_already_sees_the_same_page_and_gets_a_link(
    site: httpx.Client, small: SmallRegister, private: Private
) -> None:
    subscribe(private, "ann@example.org", Subscription("topic", "casey"))
    known = post(site, "/subscribe", address="ann@example.org", everything="yes")
    new = post(site, "/subscribe", address="bob@example.org", everything="yes")
    assert known.status_code == new.status_code
    assert known.text == new.text
    first, second = mails(small.folder)
    assert link_in(first, "manage")
    assert link_in(second, "confirm")
    person = private.by_address("ann@example.org")
    assert person is not None
    # a stranger's form changes nothing
    assert private.subscriptions_of(person.id) == (Subscription("topic", "casey"),)


def test_a_form_sent_again_and_again_sends_one_letter(site: httpx.Client, small: SmallRegister) -> None:
    for _ in range(4):
        assert post(site, "/subscribe", address="ann@example.org", everything="yes").status_code == 200
    assert len(mails(small.folder)) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"address": "nobody", "everything": "yes"}, "This is not an email address"),
        ({"address": "a@example.org\r\nBcc: b@example.org", "everything": "yes"}, "This is not an email address"),
        ({"address": "a@example.org", "name": "A\r\nBcc: b@example.org", "everything": "yes"}, "line break"),
        ({"address": "a@example.org"}, "Choose what you want to be told of"),
        ({"address": "a@example.org", "search": "status=never"}, "is not a status"),
        ({"address": "a@example.org", "topic": "<script>"}, "There is no such topic"),
    ],
)
def test_a_form_that_can_not_be_taken_is_refused_in_words(
    site: httpx.Client, small: SmallRegister, fields: dict[str, str], sentence: str
) -> None:
    answer = post(site, "/subscribe", **fields)
    assert (answer.status_code, sentence in answer.text, mails(small.folder)) == (400, True, [])


def test_two_megabytes_are_refused(site: httpx.Client, small: SmallRegister) -> None:
    answer = post(site, "/subscribe", address="a@example.org", search="x" * 2_000_000)
    assert (answer.status_code, mails(small.folder)) == (413, [])


def test_a_form_without_its_token_is_refused(site: httpx.Client, small: SmallRegister) -> None:
    site.get("/subscribe")
    answer = site.post("/subscribe", data={"address": "ann@example.org", "everything": "yes"})
    assert (answer.status_code, mails(small.folder)) == (403, [])


@pytest.mark.parametrize("purpose", ["confirm", "manage", "unsubscribe"])
def test_forged_foreign_and_cut_links_lead_nowhere(site: httpx.Client, private: Private, purpose: str) -> None:
    subscribe(private, "ann@example.org")
    person = private.by_address("ann@example.org")
    assert person is not None
    link = make_link(private, "", purpose, person)
    other = {"confirm": "manage", "manage": "unsubscribe", "unsubscribe": "manage"}[purpose]
    wrong = [
        f"/subscription/{purpose}/forged",
        f"/subscription/{purpose}/{'x' * 150}",
        # not its last letter, of which some bits say nothing
        link[:-4] + ("A" if link[-4] != "A" else "B") + link[-3:],
        make_link(private, "", other, person).replace(f"/{other}/", f"/{purpose}/"),
    ]
    # the page that asks whether to leave is the same for everybody; the click is what is checked
    answers = [site.post(path) if purpose == "unsubscribe" else site.get(path) for path in wrong]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert private.by_address("ann@example.org") is not None
    assert all("ann@example.org" not in answer.text for answer in answers)


def test_the_filter_of_the_list_becomes_a_saved_search(site: httpx.Client) -> None:
    page = site.get("/subscribe?owner=Home+Office&status=overdue&page=3")
    assert 'value="status=overdue&amp;owner=Home+Office"' in page.text
    assert "This search: status overdue, owner Home Office" in page.text
    assert 'value="words=police"' in site.get("/subscribe?q=police").text


def test_every_issue_has_its_page_and_a_place_in_the_feed(
    site: httpx.Client, small: SmallRegister, private: Private
) -> None:
    subscribe(private, "ann@example.org")
    settings = load_settings(small.folder, {})
    send_digests(small.folder, settings, Outbox(small.folder / "outbox"), moment("2025-09-08T05:30:00.000000Z"))
    page, listed = site.get("/digest/2025-09-08"), site.get("/digests")
    assert (page.status_code, "we will publish the strategy" in page.text) == (200, True)
    assert "/digest/2025-09-08" in listed.text
    feed = feedparser.parse(site.get("/digests.atom").content)
    assert (feed.bozo, feed.version, [entry.title for entry in feed.entries]) == (
        False,
        "atom10",
        ["2025-09-08: 1 new"],
    )
    assert "ann@example.org" not in page.text + listed.text
    assert site.get("/digest/2025-09-09").status_code == 404


def test_health_tells_the_last_good_run_and_the_oldest_gap(site: httpx.Client, small: SmallRegister) -> None:
    never = site.get("/-/health")
    small.database.table("facts").insert({"name": "as_of", "value": "2025-09-08"})
    small.database.table("runs").insert(
        {
            "command": "crawl",
            "source": "hansard",
            "started_at": "2025-09-08T05:00:00.000000Z",
            "finished_at": "2025-09-08T05:10:00.000000Z",
            "outcome": "good",
            "counts": "{}",
        }
    )
    small.database.table("coverage").insert(
        {"source": "hansard", "scope": "Lords 2025-09-04", "house": "Lords", "day": "2025-09-04", "state": "failed"}
    )
    well = site.get("/-/health")
    assert (never.status_code, never.json()["late"]) == (503, ["hansard"])
    assert (well.status_code, well.json()) == (
        200,
        {
            "ok": True,
            "today": "2025-09-08",
            "late": [],
            "sources": {
                "hansard": {
                    "last_good": "2025-09-08T05:10:00.000000Z",
                    "last_run": "2025-09-08T05:00:00.000000Z",
                    "last_outcome": "good",
                    "collected_to": "2025-09-05",
                    "gaps": 1,
                }
            },
            "oldest_gap": {"source": "hansard", "scope": "Lords 2025-09-04", "day": "2025-09-04", "state": "failed"},
            "unreadable_answers": 0,
        },
    )
