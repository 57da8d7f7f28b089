"""The bytes of a mail: what was written is what any reader of mails gets back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.message import Envelope, make_message
from digest.render import Body
from digest.settings import Settings
from tests.digest.mailbox import parsed

AT = datetime(2025, 9, 8, 5, 30, tzinfo=UTC)
SETTINGS = Settings(site="https://followthrough.example.org", sender="digest@followthrough.example.org")
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
)


@given(text=TEXTS, html=TEXTS)
@example(text=".\n..\nFrom here =_ \n \n\t\n" + "é" * 200, html="<p>“we will” – £10 million</p>" * 50)
def test_both_forms_come_back_as_they_were_written(text: str, html: str) -> None:
    content = make_message(
        Body(subject="Followthrough: 1 new", html=html, text=text),
        Envelope(address="ann@example.org"),
        SETTINGS,
        "<1@followthrough.example.org>",
        AT,
    )
    message = parsed(content)
    found = [message.get_body((kind,)) for kind in ("plain", "html")]
    assert [part.get_content().replace("\r\n", "\n") for part in found if part is not None] == [text, html]
    lines = content.split(b"\r\n\r\n", 1)[1].split(b"\r\n")
    assert max(len(line) for line in lines) <= 76
    assert all(b"\n" not in line for line in lines)


@pytest.mark.parametrize("address", ["a@example.org\r\nBcc: b@example.org", "a@example.org\nX: y"])
def test_a_line_break_never_reaches_a_header(address: str) -> None:
    body = Body(subject="x", html="", text="")
    with pytest.raises(ValueError, match=r"(?i)line|parse|address|characters"):
        make_message(body, Envelope(address=address), SETTINGS, "<1@x>", AT)


def test_a_name_outside_ascii_is_written_so_that_it_comes_back() -> None:
    body = Body(subject="Followthrough: “said to be done”", html="", text="")
    content = make_message(body, Envelope(address="ann@example.org", name="Ann Ó Néill, MP"), SETTINGS, "<1@x>", AT)
    message = parsed(content)
    assert content.isascii()
    assert (str(message["Subject"]), message["To"].addresses[0].display_name) == (body.subject, "Ann Ó Néill, MP")
