"""What people may give: addresses, names, searches, settings; each mistake is refused in a clear sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.pages.news import read_saved_search
from db.private.subscribers import Subscription
from digest.addresses import BadAddress, check_address, check_name
from digest.settings import Settings, load_settings
from digest.subscribing import EMPTY_FORM, BadWish, read_wish
from processing.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = {
    "topic": {"casey": "The Casey audit"},
    "department": {"Home Office": "Home Office"},
    "set": {"iicsa-2022": "The Inquiry's final report"},
    "change": {"slipped": "Slipped"},
}


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("name@example.org", "name@example.org"),
        (" Name.Last+tag@Example.ORG ", "Name.Last+tag@example.org"),
        ("o'neil@example.org.uk", "o'neil@example.org.uk"),
        ("name@bücher.example", "name@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_in_one_form(given_text: str, kept: str) -> None:
    assert check_address(given_text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "@example.org",
        "name@",
        "name@localhost",
        "name@127.0.0.1",
        "na me@example.org",
        "name@example.org\r\nBcc: other@example.org",
        "name@example.org, other@example.org",
        "Name <name@example.org>",
        '"quoted name"@example.org',
        "name..last@example.org",
        "name@-example.org",
        "name@example..org",
        f"{'a' * 65}@example.org",
        f"name@{'a' * 250}.org",
        "näme@example.org",
        "name@exa\x00mple.org",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BadAddress, match=r"name@example\.org"):
        check_address(text)


@given(st.text())
def test_no_text_becomes_an_address_that_could_break_a_header(text: str) -> None:
    try:
        kept = check_address(text)
    except BadAddress:
        return
    assert re.fullmatch(r"[!-~]+@[a-z0-9.-]+", kept)


@pytest.mark.parametrize("name", ["A\r\nBcc: x@example.org", "A\nB", "A\x00", "A\u2028B", "A" * 101, "A\x1b[31m"])
def test_a_name_that_could_forge_a_header_is_refused(name: str) -> None:
    with pytest.raises(BadAddress):
        check_name(name)


@pytest.mark.parametrize(("name", "kept"), [("", None), ("  ", None), (" Ann O’Neil ", "Ann O’Neil")])
def test_a_name_is_kept_or_left_out(name: str, kept: str | None) -> None:
    assert check_name(name) == kept


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x" * 2_000_000, "longer than 2,000 characters"),
        ("owner=Home+Office&said_from=yesterday", "not a date"),
        ("status=unheard", "not a status"),
        ("", "limits nothing"),
        ("nonsense=1", "is no part of a filter"),
        ("&".join(["owner=a"] * 101), "too many parts"),
    ],
)
def test_a_saved_search_that_can_not_be_used_is_refused(text: str, problem: str) -> None:
    assert problem in " ".join(read_saved_search(text).problems)


def test_a_form_becomes_a_wish() -> None:
    form = {
        "topic": ["casey"],
        "set": ["iicsa-2022"],
        "department": ["Home Office"],
        "change": ["slipped"],
        "search": ["?owner=Home+Office&status=overdue"],
        "frequency": ["monthly"],
        "wants_empty": ["yes"],
    }
    wish = read_wish(form, KNOWN)
    assert (wish.frequency, wish.wants_empty, wish.subscriptions) == (
        "monthly",
        True,
        (
            Subscription("change", "slipped"),
            Subscription("department", "Home Office"),
            Subscription("recommendation set", "iicsa-2022"),
            Subscription("search", "owner=Home+Office&status=overdue"),
            Subscription("topic", "casey"),
        ),
    )


@pytest.mark.parametrize(
    ("form", "problems"),
    [
        ({}, (EMPTY_FORM,)),
        ({"topic": ["no-such"]}, ("There is no such topic in the register.",)),
        ({"change": ["exploded"]}, ("There is no such change in the register.",)),
        ({"everything": ["yes"], "frequency": ["hourly"]}, ("How often must be daily, weekly or monthly.",)),
        ({"search": ["x" * 2_000_000]}, ("The saved search is longer than 2,000 characters.",)),
        (
            {"search": [f"words=w{number}" for number in range(61)]},
            ("At most 60 things can be followed; “everything” has them all.",),
        ),
    ],
)
def test_a_form_that_can_not_be_used_is_refused(form: dict[str, list[str]], problems: tuple[str, ...]) -> None:
    with pytest.raises(BadWish) as caught:
        read_wish(form, KNOWN)
    assert caught.value.problems == problems


def test_settings_come_from_the_file_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'site = "https://register.example.org/"\nsmtp_host = "mail.example.org"\nalarms = ["json://127.0.0.1"]\n'
    )
    found = load_settings(tmp_path, {"FOLLOWTHROUGH_SMTP_HOST": "relay.example.org", "FOLLOWTHROUGH_SMTP_TLS": "tls"})
    assert found == Settings(
        site="https://register.example.org",
        smtp_host="relay.example.org",
        smtp_tls="tls",
        smtp_port=465,
        alarms=("json://127.0.0.1",),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("not toml", "not a TOML file"),
        ('smpt_host = "x"', "no such setting: smpt_host"),
        ("smtp_port = true", "must be a whole number"),
        ('smtp_port = "70000"', "at most 65535"),
        ("site = 5", "must be a text"),
        ('site = "followthrough.example.org"', "must be an address"),
        ('smtp_tls = "ssl"', "must be one of starttls, tls, none"),
        ('smtp_host = "mail.example.org"\nsmtp_tls = "none"', "unprotected"),
        ('sender = "nobody"', "sender: This is not an email address"),
        ('smtp_password_file = "/nowhere/at/all"', "can't be read"),
        ("alarms = [1]", "must be a list of texts"),
    ],
)
def test_a_setting_that_can_not_be_used_is_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(BadInput, match=re.escape(problem)):
        load_settings(tmp_path, {})


def test_a_password_that_others_can_read_is_refused_and_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('smtp_password = "hunter2"')
    file.chmod(0o644)
    with pytest.raises(BadInput, match="chmod 600") as caught:
        load_settings(tmp_path, {})
    assert "hunter2" not in str(caught.value)
    file.chmod(0o600)
    assert "hunter2" not in repr(load_settings(tmp_path, {}))
