"""Guessing passwords: after ten wrong ones a quarter of an hour must pass, and nobody else waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from bs4 import BeautifulSoup

from commands.serve import browser
from showing.login_tries import FOR_ONE_NAME, FROM_ONE_ADDRESS, MOST_KEPT, WINDOW, Tries, network_of
from tests.datasette.conftest import NAME, PASSWORD
from tests.datasette.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def client(built: Path) -> Iterator[httpx.Client]:
    """Return a visitor of pages at which nobody tried to sign in yet."""
    with served(browser(built, secret=NAME)) as address, httpx.Client(base_url=address, timeout=120) as found:
        yield found


def sign_in(client: httpx.Client, password: str, **fields: str) -> httpx.Response:
    token = BeautifulSoup(client.get("/-/login").text, "lxml").find("input", {"name": "csrftoken"})
    told = {"csrftoken": str(token["value"]) if token else "", "username": NAME, "password": password, **fields}
    return client.post("/-/login", data=told)


def test_after_ten_wrong_passwords_even_the_right_one_waits(client: httpx.Client) -> None:
    assert [sign_in(client, "a wrong one").status_code for _ in range(FROM_ONE_ADDRESS)] == [200] * FROM_ONE_ADDRESS
    refused = sign_in(client, PASSWORD)
    page = BeautifulSoup(refused.text, "lxml")
    assert (refused.status_code, "ds_actor" in client.cookies) == (429, False)
    assert 0 < int(refused.headers["retry-after"]) <= WINDOW
    assert refused.headers["x-frame-options"] == "DENY"
    assert page.h1 is not None
    assert page.h1.text == "Too many tries"
    assert "Try again in 15 minutes. Reading needs no password." in refused.text
    assert client.get("/commitments").status_code == 200


def test_whoever_signs_in_starts_anew(client: httpx.Client) -> None:
    for _ in range(2):
        wrong = [sign_in(client, "a wrong one").status_code for _ in range(FROM_ONE_ADDRESS - 1)]
        assert (set(wrong), sign_in(client, PASSWORD).status_code) == ({200}, 302)


def test_a_form_that_is_far_too_long_is_not_read(client: httpx.Client) -> None:
    assert sign_in(client, "x" * 20_000).status_code == 413


def test_a_try_counts_for_a_quarter_of_an_hour() -> None:
    tries = Tries()
    assert [tries.wait("192.0.2.1", "hm", float(second)) for second in range(FROM_ONE_ADDRESS)] == [0] * 10
    assert tries.wait("192.0.2.1", "hm", 60.0) == WINDOW - 60
    assert tries.wait("192.0.2.1", "anna", WINDOW - 1.0) == 1
    assert tries.wait("192.0.2.1", "hm", float(WINDOW)) == 0
    assert tries.wait("192.0.2.1", "hm", float(WINDOW)) == 1


def test_from_many_addresses_one_name_is_tried_no_more_often_than_thirty_times() -> None:
    tries = Tries()
    assert {tries.wait(f"192.0.2.{number}", "HM", 1.0) for number in range(FOR_ONE_NAME)} == {0}
    assert tries.wait("198.51.100.1", "hm", 1.0) == WINDOW
    assert tries.wait("198.51.100.1", "anna", 1.0) == 0


def test_what_strangers_try_fills_no_memory() -> None:
    tries = Tries()
    for number in range(MOST_KEPT):
        tries.wait(f"stranger {number}", f"name {number}", 1.0)
    assert len(tries.made) == MOST_KEPT


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_an_ipv6_line_counts_as_one_address(address: str, network: str) -> None:
    assert network_of(address) == network
