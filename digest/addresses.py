"""Decides which addresses and names of people can be taken: what enters here reaches the headers of a mail."""

from __future__ import annotations

import re
import unicodedata

from processing.errors import BadInput

LONGEST_ADDRESS = 254  # characters, RFC 5321
LONGEST_LOCAL = 64
LONGEST_NAME = 100
LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


class BadAddress(BadInput):
    """An address or a name of a person can't be used.

    Raised where a form or a command gives one. The message says what to write instead.
    """


def check_address(text: str) -> str:
    """Return an address in the form in which it is kept: no spaces around, the domain in lower case and ASCII.

    Raises BadAddress. Quoted local parts and those outside ASCII are refused: many servers can't send to them.
    """
    address = text.strip()
    local, at, domain = address.rpartition("@")
    if not at or len(address) > LONGEST_ADDRESS or len(local) > LONGEST_LOCAL or not LOCAL.fullmatch(local):
        raise BadAddress("This is not an email address. Write it like name@example.org.")
    try:
        plain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise BadAddress("The part after the @ is not a domain. Write it like name@example.org.") from error
    labels = plain.split(".")
    if len(labels) < 2 or not all(LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():  # noqa: PLR2004 -- a name and a top domain
        raise BadAddress("The part after the @ is not a domain. Write it like name@example.org.")
    return f"{local}@{plain}"


def check_name(text: str) -> str | None:
    """Return a name for the To line, None for an empty one. Raises BadAddress for line breaks and the like."""
    name = text.strip()
    if len(name) > LONGEST_NAME:
        raise BadAddress(f"The name is longer than {LONGEST_NAME} characters.")
    if any(unicodedata.category(character).startswith(("C", "Zl", "Zp")) for character in name):
        raise BadAddress("The name holds a line break or another character that no name has.")
    return name or None
