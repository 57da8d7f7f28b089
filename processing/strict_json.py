"""Read one upstream JSON object strictly: take each field by type, then account for the rest."""

from __future__ import annotations

import json
import logging
from datetime import date, datetime
from typing import Any

from processing.errors import SourceChanged

logger = logging.getLogger(__name__)
# of fields that are told to the operator: what upstream sends must not fill a log
MOST_NAMES, LONGEST_NAME = 20, 60


class Reader:
    """Hands out each field once and knows its place; `done` warns about fields that nobody asked for.

    A `maybe_` method is for a field that the contract marks as nullable or optional: it gives None where the field
    is absent or null, and still refuses a wrong type.
    """

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise SourceChanged(where, f"expected an object, got {type(data).__name__}")
        self._left: dict[str, Any] = dict(data)
        self.where = where

    @classmethod
    def from_bytes(cls, body: bytes, where: str) -> Reader:
        """Parse a JSON body. Raises SourceChanged where it is no JSON object."""
        return cls(parse_json(body, where), where)

    def _take(self, key: str, kind: type | tuple[type, ...]) -> Any:
        if key not in self._left:
            raise SourceChanged(self.where, f"{key} is missing")
        value = self._left.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            names = kind.__name__ if isinstance(kind, type) else " or ".join(k.__name__ for k in kind)
            raise SourceChanged(self.where, f"{key} is {type(value).__name__}, not {names}")
        return whole_characters(value) if isinstance(value, str) else value

    def has(self, key: str) -> bool:
        """Tell whether the field is there and not null, without taking it."""
        return self._left.get(key) is not None

    def text(self, key: str) -> str:
        """Take a string, stripped of white space at its ends."""
        value: str = self._take(key, str)
        return value.strip()

    def number(self, key: str) -> int:
        """Take a whole number."""
        value: int = self._take(key, int)
        return value

    def yes(self, key: str) -> bool:
        """Take a true or false."""
        value: bool = self._take(key, bool)
        return value

    def day(self, key: str) -> date:
        """Take the date part of an ISO 8601 date or date-time."""
        value = self.text(key)
        try:
            return datetime.fromisoformat(value).date()
        except ValueError as error:
            raise SourceChanged(self.where, f"{key} is not a date: {value!r}") from error

    def inner(self, key: str) -> Reader:
        """Take an object."""
        return Reader(self._take(key, dict), f"{self.where}.{key}")

    def items(self, key: str) -> list[Reader]:
        """Take a list of objects."""
        return [Reader(item, f"{self.where}.{key}[{index}]") for index, item in enumerate(self._take(key, list))]

    def texts(self, key: str) -> list[str]:
        """Take a list of strings."""
        values = self._take(key, list)
        for index, value in enumerate(values):
            if not isinstance(value, str):
                raise SourceChanged(self.where, f"{key}[{index}] is {type(value).__name__}, not str")
        return list(values)

    def maybe_text(self, key: str) -> str | None:
        """Take a string that may be absent, null or empty: None in these cases."""
        return (self.text(key) or None) if self._present(key) else None

    def maybe_number(self, key: str) -> int | None:
        """Take a whole number that may be absent or null."""
        return self.number(key) if self._present(key) else None

    def maybe_yes(self, key: str) -> bool | None:
        """Take a true or false that may be absent or null."""
        return self.yes(key) if self._present(key) else None

    def maybe_day(self, key: str) -> date | None:
        """Take a date that may be absent, null or empty."""
        if self._left.get(key) == "":
            self._left.pop(key)
        return self.day(key) if self._present(key) else None

    def maybe_inner(self, key: str) -> Reader | None:
        """Take an object that may be absent or null."""
        return self.inner(key) if self._present(key) else None

    def maybe_items(self, key: str) -> list[Reader]:
        """Take a list of objects that may be absent or null: then an empty list."""
        return self.items(key) if self._present(key) else []

    def maybe_texts(self, key: str) -> list[str]:
        """Take a list of strings that may be absent or null: then an empty list."""
        return self.texts(key) if self._present(key) else []

    def skip(self, *keys: str) -> None:
        """Account for fields that are known and of no use to us."""
        for key in keys:
            self._left.pop(key, None)

    def done(self, *, ignore: frozenset[str] = frozenset()) -> None:
        """Warn, with names, about fields that nobody took and that are not in `ignore`."""
        if unread := sorted(self._left.keys() - ignore):
            names = ", ".join(whole_characters(name)[:LONGEST_NAME] for name in unread[:MOST_NAMES])
            logger.warning("%s has fields we do not read: %s", self.where, names)

    def _present(self, key: str) -> bool:
        if self._left.get(key) is not None:
            return True
        self._left.pop(key, None)
        return False


def parse_json(body: bytes, where: str) -> Any:
    """Return the value that a JSON body holds. Raises SourceChanged where it is empty or no JSON in UTF-8."""
    if not body.strip():
        raise SourceChanged(where, "the answer is empty")
    try:
        return json.loads(body)
    except ValueError as error:
        raise SourceChanged(where, f"not JSON: {error}") from error
    except RecursionError as error:
        raise SourceChanged(where, "not JSON that can be read: it is nested too deeply") from error


def whole_characters(text: str) -> str:
    """Return a text in which half a character (a surrogate without its other half) is U+FFFD, so that it can be kept.

    JSON may hold one: an emoji that was cut in two.
    """
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def parse_list(body: bytes, where: str) -> list[Reader]:
    """Return a reader for each object of a body that is a JSON list."""
    value = parse_json(body, where)
    if not isinstance(value, list):
        raise SourceChanged(where, f"expected a list, got {type(value).__name__}")
    return [Reader(item, f"{where}[{index}]") for index, item in enumerate(value)]
