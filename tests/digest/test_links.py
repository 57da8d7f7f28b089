"""Signed links: each for one purpose, one person and some time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from digest.links import AGES, BadLink, make_link, read_link
from tests.digest.small import subscribe

if TYPE_CHECKING:
    from db.private.subscribers import Private, Subscriber


def person(private: Private, address: str = "ann@example.org") -> Subscriber:
    found = private.by_id(subscribe(private, address))
    assert found is not None
    return found


def aged(private: Private, purpose: str, content: object, seconds: int) -> str:
    """Return a token as we would have signed it some time ago."""

    class Earlier(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time()) - seconds

    signer = URLSafeTimedSerializer(private.link_secret(), salt=f"followthrough subscription {purpose}", signer=Earlier)
    return str(signer.dumps(content))


@pytest.mark.parametrize("purpose", sorted(AGES))
def test_a_link_works_until_its_age_and_not_after(private: Private, purpose: str) -> None:
    ann = person(private)
    content = [ann.id, ann.link_key]
    assert read_link(private, purpose, aged(private, purpose, content, AGES[purpose] - 60)) == ann
    with pytest.raises(BadLink):
        read_link(private, purpose, aged(private, purpose, content, AGES[purpose] + 60))


def test_a_link_of_one_who_left_does_not_fit_the_next_who_gets_the_number(private: Private) -> None:
    ann = person(private)
    token = make_link(private, "", "unsubscribe", ann).rpartition("/")[2]
    private.forget(ann.id)
    bob = person(private, "bob@example.org")
    assert bob.id == ann.id
    with pytest.raises(BadLink):
        read_link(private, "unsubscribe", token)


def test_a_link_names_nobody(private: Private) -> None:
    assert "ann" not in make_link(private, "https://followthrough.example.org", "manage", person(private))
