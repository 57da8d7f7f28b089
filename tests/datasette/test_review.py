"""Reviews on the page: only by signed-in people, never lost, shown at once, and able to be taken back."""

from __future__ import annotations

import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from bs4 import BeautifulSoup

from commands.serve import browser
from db.archive.archive import Archive
from db.pages.review import queue
from db.register.commitments import load_reviews
from runs import review
from runs.lock import only_run
from tests.datasette.conftest import NAME
from tests.datasette.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def reviewer(folder: Path) -> Iterator[httpx.Client]:
    """Return a person who is signed in, at pages over a register of their own."""
    site = browser(folder, secret=NAME)
    cookie = site.sign({"a": {"id": "anna"}}, "actor")
    with served(site) as address, httpx.Client(base_url=address, cookies={"ds_actor": cookie}, timeout=120) as client:
        yield client


def decide(client: httpx.Client, commitment: str, **fields: str) -> httpx.Response:
    page = BeautifulSoup(client.get(f"/review/{commitment}").text, "lxml")
    token = page.find("input", {"name": "csrftoken"})
    assert token is not None
    return client.post(f"/review/{commitment}", data={"csrftoken": str(token["value"]), **fields})


def row(folder: Path, commitment: str, *columns: str) -> tuple[Any, ...]:
    connection = sqlite3.connect(folder / "followthrough.db")
    found = connection.execute(f"SELECT {', '.join(columns)} FROM commitments WHERE id = ?", [commitment])  # noqa: S608
    values = tuple(found.fetchone())
    connection.close()
    return values


DECISIONS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    (
        "FT-3",
        {"decision": "delivered", "value": "2025-10-30", "evidence": "d4"},
        {"status": "delivered", "delivered_on": "2025-10-30"},
    ),
    (
        "FT-3",
        {"decision": "delivered", "value": "2025-11-20", "evidence": "d4"},
        {"status": "delivered late", "is_reviewed": 1},
    ),
    ("FT-3", {"decision": "reject"}, {"status": "rejected", "is_reviewed": 1}),
    ("FT-3", {"decision": "withdraw"}, {"status": "withdrawn"}),
    ("FT-3", {"decision": "confirm"}, {"status": "overdue", "is_reviewed": 1}),
    (
        "FT-3",
        {"decision": "correct", "field": "latest", "value": "2026-10-31"},
        {"status": "open", "latest": "2026-10-31"},
    ),
    ("FT-3", {"decision": "correct", "field": "owner", "value": "Ofcom"}, {"owner": "Ofcom"}),
    ("FT-3", {"decision": "correct", "field": "firmness", "value": "aspirational"}, {"firmness": "aspirational"}),
    ("FT-11", {"decision": "confirm"}, {"needs_look": 0}),
    ("FT-13", {"decision": "join", "value": "FT-14"}, {"times_said": 2}),
    ("FT-2", {"decision": "split", "statement": "s2-2"}, {"times_said": 1}),
]


@pytest.mark.parametrize(("commitment", "fields", "after"), DECISIONS)
def test_a_decision_is_kept_and_shown_at_once(
    reviewer: httpx.Client, folder: Path, commitment: str, fields: dict[str, str], after: dict[str, Any]
) -> None:
    answer = decide(reviewer, commitment, reason="I read the page.", **fields)
    assert (answer.status_code, answer.headers["location"]) == (302, f"/commitment/{commitment}#reviews")
    assert row(folder, commitment, *after) == tuple(after.values())
    assert "Your decision is kept." in reviewer.get(f"/commitment/{commitment}").text
    # what was split off takes the decision with it
    shown = reviewer.get("/review" if fields["decision"] == "split" else f"/commitment/{commitment}").text
    assert f"anna: <strong>{fields['decision']}</strong>" in shown
    assert "I read the page." in shown
    archive = Archive(folder)
    kept = load_reviews(archive)[-1]
    archive.close()
    assert (kept.decision, kept.reviewer, kept.commitment, kept.made_at[:10]) == (
        fields["decision"],
        "anna",
        commitment,
        "2025-11-24",
    )
    assert kept.quote


def test_a_decision_is_an_event_that_feeds_tell(reviewer: httpx.Client) -> None:
    decide(reviewer, "FT-3", decision="confirm", reason="Read it.")
    assert "Reviewed: We will set up a national panel" in reviewer.get("/changes.atom?kind=reviewed").text


def test_a_decision_can_be_taken_back(reviewer: httpx.Client, folder: Path) -> None:
    decide(reviewer, "FT-3", decision="reject", reason="A mistake.")
    assert row(folder, "FT-3", "status") == ("rejected",)
    page = BeautifulSoup(reviewer.get("/review/FT-3").text, "lxml")
    choice = page.find("input", {"name": "undoes"})
    assert choice is not None
    decide(reviewer, "FT-3", decision="undo", undoes=str(choice["value"]), reason="It is one after all.")
    assert row(folder, "FT-3", "status", "is_reviewed") == ("overdue", 0)
    assert "undone" in reviewer.get("/commitment/FT-3").text


def test_a_link_to_a_recommendation_can_be_made_and_unmade(reviewer: httpx.Client) -> None:
    decide(reviewer, "FT-13", decision="link", value="iicsa-2022/20", reason="That is what it asks.")
    assert reviewer.get("/commitment/FT-13.json").json()["recommendations"] == ["iicsa-2022/20"]
    decide(reviewer, "FT-13", decision="unlink", value="iicsa-2022/20", reason="No, it is not.")
    assert reviewer.get("/commitment/FT-13.json").json()["recommendations"] == []


def test_two_promises_that_only_look_alike_are_kept_apart(reviewer: httpx.Client, folder: Path) -> None:
    answer = decide(reviewer, "FT-11", decision="apart", statement="s11-1 FT-10", reason="Two things.")
    assert answer.status_code == 302
    archive = Archive(folder)
    kept = load_reviews(archive)[-1]
    archive.close()
    assert (kept.decision, kept.statement, kept.commitment) == ("split", "s11-1", "FT-10")
    connection = sqlite3.connect(folder / "followthrough.db")
    assert connection.execute("SELECT count(*) FROM possible_joins WHERE statement = 's11-1'").fetchone() == (0,)
    connection.close()


WRONG: list[tuple[dict[str, str], str]] = [
    ({"decision": "confirm", "reason": " "}, "A reason is needed."),
    ({"decision": "approve", "reason": "x"}, "No such decision: approve."),
    (
        {"decision": "delivered", "value": "2025-11-20", "reason": "x"},
        "Delivered needs evidence: the address of a page, or the id of a delivery, that shows it.",
    ),
    (
        {"decision": "delivered", "value": "soon", "evidence": "d4", "reason": "x"},
        "The day of delivery must be a day such as 2026-05-31.",
    ),
    ({"decision": "correct", "field": "status", "value": "open", "reason": "x"}, "Can't correct status: one of owner"),
    ({"decision": "correct", "field": "latest", "value": "May", "reason": "x"}, "Latest must be a day such as"),
    ({"decision": "join", "value": "FT-3", "reason": "x"}, "A commitment can't be joined with itself."),
    ({"decision": "join", "value": "FT-99", "reason": "x"}, "The register has no commitment FT-99."),
    ({"decision": "link", "value": "casey-2025/99", "reason": "x"}, "There is no recommendation casey-2025/99."),
    ({"decision": "split", "statement": "none", "reason": "x"}, "Choose which one."),
    ({"decision": "undo", "reason": "x"}, "An undo must name the review that it takes back."),
    ({"decision": "confirm", "reason": "x" * 2001}, "No field may be longer than 2000 characters."),
]


def test_a_decision_that_cannot_be_taken_is_refused_in_words_and_not_lost(reviewer: httpx.Client, folder: Path) -> None:
    archive = Archive(folder)
    before = load_reviews(archive)
    for fields, told in WRONG:
        answer = decide(reviewer, "FT-3", **fields)
        page = BeautifulSoup(answer.text, "lxml")
        box = page.find(class_="problems")
        assert answer.status_code == 400
        assert box is not None
        assert told in box.text
        assert page.title is not None
        assert page.title.text.startswith("Error: ")
    kept = BeautifulSoup(decide(reviewer, "FT-3", decision="join", value="FT-99", reason="Same.").text, "lxml")
    assert [(tag["id"], tag["value"]) for tag in kept.select("details[open] input[type=text]")] == [
        ("join-value", "FT-99")
    ]
    assert load_reviews(archive) == before
    archive.close()


def test_only_signed_in_people_review(client: httpx.Client, folder: Path) -> None:
    answer = client.get("/review/FT-3")
    assert answer.status_code == 403
    assert "/-/login?next=/review/FT-3" in answer.text
    assert client.post("/review/FT-3", data={"decision": "reject", "reason": "x"}).status_code == 403
    assert row(folder, "FT-3", "status") == ("overdue",)


@pytest.mark.parametrize("token", [None, "forged"])
def test_another_site_cannot_review_in_the_name_of_a_visitor(
    reviewer: httpx.Client, folder: Path, token: str | None
) -> None:
    reviewer.get("/review/FT-3")
    data = {"decision": "reject", "reason": "x"} | ({"csrftoken": token} if token else {})
    assert reviewer.post("/review/FT-3", data=data).status_code == 403
    assert row(folder, "FT-3", "status") == ("overdue",)


def test_the_one_time_link_signs_in_once(folder: Path) -> None:
    site = browser(folder, secret=NAME)
    with served(site) as address, httpx.Client(base_url=address) as client:
        link = f"/-/auth-token?token={site._root_token}"  # noqa: SLF001 -- as `serve` prints it
        assert client.get(link).status_code == 302
        assert client.get("/review/FT-3").status_code == 200
        assert httpx.get(address + link).status_code == 403


def test_the_queue_has_the_most_important_and_most_doubtful_first(connection: sqlite3.Connection) -> None:
    found = queue(connection)
    assert [(one.commitment.id, one.reasons) for one in found.waiting] == [
        (
            "FT-11",
            ("Perhaps the same promise as another", "The machine is not sure that it is a promise (0.56 of 1)"),
        ),
        ("FT-10", ("Perhaps the same promise as another",)),
    ]
    assert found.total == 2
    assert [one.commitment for one in found.recent] == ["FT-4", "FT-5", "FT-7"]


def test_what_is_said_to_be_done_waits_before_all_else(folder: Path) -> None:
    change = sqlite3.connect(folder / "followthrough.db")
    change.execute("UPDATE commitments SET has_evidence = 1 WHERE id IN ('FT-1', 'FT-3')")
    change.commit()
    assert [one.commitment.id for one in queue(change).waiting] == ["FT-3", "FT-1", "FT-11", "FT-10"]
    change.close()


def test_a_decision_made_while_a_run_works_is_kept_and_shown_when_the_run_is_done(folder: Path) -> None:
    site = browser(folder, secret=NAME)
    site.wait = 0.2
    cookies = {"ds_actor": site.sign({"a": {"id": "anna"}}, "actor")}
    with served(site) as address, httpx.Client(base_url=address, cookies=cookies, timeout=120) as client:
        with only_run(folder):
            answer = decide(client, "FT-3", decision="reject", reason="A mistake.")
            assert (answer.status_code, row(folder, "FT-3", "status")) == (302, ("overdue",))
            told = client.get("/commitment/FT-3").text
            assert "A run is under way: the pages will show it when that is done." in told
        until = time.monotonic() + 120
        while row(folder, "FT-3", "status") != ("rejected",) and time.monotonic() < until:
            time.sleep(0.1)
        assert "anna: <strong>reject</strong>" in client.get("/commitment/FT-3").text


def test_a_decision_that_waited_for_a_run_is_applied_as_of_the_day_that_the_run_reached(folder: Path) -> None:
    def as_of() -> str:
        connection = sqlite3.connect(folder / "followthrough.db")
        found = connection.execute("SELECT value FROM facts WHERE name = 'as_of'").fetchone()
        connection.close()
        return str(found[0])

    assert as_of() == "2025-11-24"
    with ThreadPoolExecutor() as others:
        with only_run(folder):
            waiting = others.submit(review.apply, folder)
            time.sleep(0.3)
            change = sqlite3.connect(folder / "followthrough.db")
            change.execute("UPDATE facts SET value = '2025-12-01' WHERE name = 'as_of'")
            change.commit()
            change.close()
        waiting.result(60)
    assert as_of() == "2025-12-01"


def test_a_decision_that_cannot_be_applied_is_kept_and_says_so(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    site = browser(folder, secret=NAME)
    cookies = {"ds_actor": site.sign({"a": {"id": "anna"}}, "actor")}
    with served(site) as address, httpx.Client(base_url=address, cookies=cookies, timeout=120) as client:
        breaking = sqlite3.connect(folder / "followthrough.db")
        breaking.execute("CREATE TRIGGER never BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'never'); END")
        breaking.close()
        assert decide(client, "FT-3", decision="reject", reason="A mistake.").status_code == 302
        told = client.get("/commitment/FT-3").text
    assert "It could not be applied now: the pages will show it after the next run." in told
    assert row(folder, "FT-3", "status") == ("overdue",)
    archive = Archive(folder)
    assert load_reviews(archive)[-1].reason == "A mistake."
    archive.close()
    assert "`followthrough process` does it" in caplog.text


def test_applying_the_decisions_again_changes_nothing(folder: Path) -> None:
    made = review.new_review(
        folder,
        decision="delivered",
        reviewer="anna",
        reason="Seen.",
        commitment="FT-3",
        value="2025-11-20",
        evidence="d4",
    )
    review.keep(folder, made)

    def dump() -> list[str]:
        connection = sqlite3.connect(folder / "followthrough.db")
        lines = [line for line in connection.iterdump() if not re.match(r"INSERT INTO \"?\w*_fts", line)]
        connection.close()
        return lines

    review.apply(folder)
    once = dump()
    review.apply(folder)
    assert dump() == once
