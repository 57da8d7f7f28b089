"""What visitors cannot do: run SQL, reach other files, see passwords or errors' innards, or act in another's name."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING

import httpx
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from commands.serve import browser
from db.private import passwords
from followthrough import cli
from tests.datasette.addresses import PAGES
from tests.datasette.conftest import NAME
from tests.datasette.serving import served

if TYPE_CHECKING:
    from pathlib import Path

WITHDRAWN = "/document/govuk/government/publications/taxi-licensing-plan"
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@pytest.mark.parametrize(
    "path", ["/", "/commitments.csv", "/nothing-here", "/assets/site.css", "/followthrough", "/-/login"]
)
def test_every_answer_carries_the_guarding_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_script_or_style_of_its_own(client: httpx.Client, path: str) -> None:
    page = BeautifulSoup(client.get(path).text, "lxml")
    assert [tag for tag in page.find_all("script") if not tag.get("src")] == []
    assert page.find_all("style") == []
    assert page.find_all(style=True) == []
    handlers = [(tag.name, name) for tag in page.find_all() for name in tag.attrs if name.startswith("on")]
    assert handlers == []
    outside = [tag.get("src") or tag.get("href") for tag in page.find_all(["script", "link", "img"])]
    assert [address for address in outside if "//" in str(address).replace("http://127.0.0.1", "")] == []


@pytest.mark.parametrize("path", PAGES)
def test_reading_sets_no_cookie(client: httpx.Client, path: str) -> None:
    assert "set-cookie" not in client.get(path).headers


def test_html_of_a_source_is_shown_without_what_acts(client: httpx.Client) -> None:
    answer = client.get(WITHDRAWN).text
    assert "This plan was <strong>withdrawn</strong> on 3 November 2025." in answer
    assert "alert(1)" not in answer


SQL = ["/followthrough?sql=select+1", "/followthrough.json?sql=select+1", "/followthrough.csv?sql=select+1"]


@pytest.mark.parametrize("path", SQL)
def test_visitors_cannot_run_sql(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 403


def test_the_operator_may_allow_sql_and_then_it_can_only_read(built: Path) -> None:
    with served(browser(built, allow_sql=True)) as address:
        assert httpx.get(f"{address}/followthrough.json?sql=select+1&_shape=array").json() == [{"1": 1}]
        for sql in ("delete from commitments", "attach database 'private.db' as p", "pragma writable_schema=on"):
            assert httpx.get(f"{address}/followthrough", params={"sql": sql}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/private",
        "/private.db",
        "/archive",
        "/archive.db",
        "/followthrough.db",
        "/_internal",
        "/-/metadata",
        "/-/metadata.json",
        "/-/plugins.json",
        "/-/databases.json",
        "/-/settings.json",
        "/-/threads",
        "/-/actor.json",
        "/-/patterns",
        "/-/messages",
        "/-/allow-debug",
        "/-/password-tool",
        "/assets/../plugins/guard.py",
        "/assets/%2e%2e/plugins/guard.py",
        "/-/static/../app.py",
    ],
)
def test_nothing_but_the_register_can_be_reached(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code in (403, 404)


def test_no_page_shows_a_password_hash_or_where_the_data_lies(client: httpx.Client, built: Path) -> None:
    hashed = passwords.accounts(built)["hm"]
    for path in (*PAGES, "/-/health", "/followthrough.json", "/followthrough/facts"):
        text = client.get(path).text
        assert hashed not in text
        assert str(built) not in text


def test_robots_are_asked_to_stay_away_unless_the_operator_lets_them_in(client: httpx.Client, built: Path) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /"
    with served(browser(built, allow_robots=True)) as address:
        assert httpx.get(f"{address}/robots.txt").text == "User-agent: *\nDisallow: /-/"


def test_an_error_tells_the_visitor_nothing_of_the_inside(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with served(browser(folder)) as address:
        breaking = sqlite3.connect(folder / "followthrough.db")
        breaking.execute("ALTER TABLE possible_joins RENAME TO gone")
        breaking.close()
        answer = httpx.get(f"{address}/review", params={"secret": "of a visitor"})
    assert answer.status_code == 500
    assert "The page could not be made." in answer.text
    assert "possible_joins" not in answer.text
    errors = [record for record in caplog.records if record.name == "followthrough.site"]
    assert [record.getMessage() for record in errors] == ["GET /review failed"]
    assert "of a visitor" not in caplog.text


def test_an_error_in_the_register_itself_is_told_in_plain_text(folder: Path) -> None:
    with served(browser(folder)) as address:
        breaking = sqlite3.connect(folder / "followthrough.db")
        breaking.execute("ALTER TABLE facts RENAME TO gone")
        breaking.close()
        answer = httpx.get(f"{address}/about")
    assert (answer.status_code, answer.text) == (500, "500: The page could not be made.\n")


def sign_in(client: httpx.Client, password: str, path: str = "/-/login") -> httpx.Response:
    page = BeautifulSoup(client.get(path).text, "lxml")
    token = page.find("input", {"name": "csrftoken"})
    assert token is not None
    form = page.find("form", {"method": "post"})
    assert form is not None
    return client.post(
        str(form["action"]), data={"username": "hm", "password": password, "csrftoken": str(token["value"])}
    )


def test_a_wrong_password_signs_nobody_in(address: str) -> None:
    with httpx.Client(base_url=address) as client:
        answer = sign_in(client, "three random word")
        assert "The name or the password is wrong." in answer.text
        assert "ds_actor" not in client.cookies


def test_passwords_are_taken_by_the_form_only(address: str) -> None:
    answer = httpx.get(f"{address}/review/FT-1", auth=("hm", "three random words"))
    assert answer.status_code == 403


def test_whoever_signs_in_to_review_goes_on_to_the_review(address: str) -> None:
    with httpx.Client(base_url=address) as client:
        answer = sign_in(client, "three random words", "/-/login?next=/review/FT-3")
        assert (answer.status_code, answer.headers["location"]) == (302, "/review/FT-3")
        assert "httponly" in answer.headers["set-cookie"].lower()
        assert "samesite=lax" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "target", ["//evil.test", "https://evil.test/review", "/review/../x", "/review/FT-1%0d%0aX: y"]
)
def test_signing_in_leads_to_no_other_place(address: str, target: str) -> None:
    with httpx.Client(base_url=address) as client:
        answer = sign_in(client, "three random words", f"/-/login?next={target}")
        assert (answer.status_code, answer.headers["location"]) == (302, "/")


def test_cookies_of_a_public_site_are_for_https_only(built: Path) -> None:
    with served(browser(built, secure=True, secret=NAME)) as address, httpx.Client(base_url=address) as client:
        answer = client.get("/-/login")
        assert answer.headers["set-cookie"].endswith("; Secure")


def test_the_password_command_lets_a_person_in_and_out_while_the_site_runs(folder: Path) -> None:
    def run(*arguments: str, given: str = "") -> tuple[int, str]:
        result = CliRunner().invoke(cli, ["--data", str(folder), "password", *arguments], input=given)
        return result.exit_code, result.output

    with served(browser(folder, secret=NAME)) as address, httpx.Client(base_url=address) as client:
        assert run("hm", given="quite another one\nquite another one\n")[0] == 0
        assert "ds_actor" not in sign_in(client, "three random words").cookies
        assert "ds_actor" in sign_in(client, "quite another one").cookies
        assert run("hm", "--remove") == (0, "hm can no longer sign in.\n")
        client.cookies.clear()
        assert "ds_actor" not in sign_in(client, "quite another one").cookies
    assert run("hm", "--remove") == (0, "hm had no password.\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["hm", "--password", "too short"], "at least 12 characters"),
        (["no spaces please", "--password", "three random words"], "a name begins with a letter"),
        (["<script>", "--password", "three random words"], "a name begins with a letter"),
    ],
)
def test_a_bad_name_or_password_is_refused_in_words(tmp_path: Path, arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "password", *arguments])
    assert result.exit_code == 2
    assert told in result.output
    assert not (tmp_path / "private.db").exists()


def test_a_folder_without_a_register_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--data", str(tmp_path / "none"), "serve"])
    assert result.exit_code == 1
    assert "no such database. Run `followthrough update` first" in str(result.exception)


def test_the_register_can_be_read_while_it_is_written(folder: Path) -> None:
    async def read() -> int:
        site = browser(folder)
        await site.invoke_startup()
        return int((await site.client.get("/commitments")).status_code)

    writer = sqlite3.connect(folder / "followthrough.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE commitments SET promise = 'half written'")
    assert asyncio.run(read()) == 200
    writer.execute("ROLLBACK")
    writer.close()
