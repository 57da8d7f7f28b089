"""Which news a person asked for, and the words that say why it was sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.pages.news import read_saved_search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.pages.news import News
    from db.private.subscribers import Subscription

EVERYTHING = "everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicNames:
    """What ids are called: topics, recommendation sets and kinds of event; and what each saved search finds now."""

    topics: Mapping[str, str] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, frozenset[str]] = field(default_factory=dict)


def reasons(news: News, wishes: Iterable[Subscription], names: TopicNames) -> tuple[str, ...]:
    """Return what of a person's wishes a piece of news answers, in words; nothing where it answers none."""
    return tuple(described(wish, names) for wish in wishes if answers(news, wish, names.found))


def answers(news: News, wish: Subscription, found: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a piece of news is what a wish asks for."""
    match wish.kind:
        case "everything":
            return True
        case "topic":
            return wish.value in news.topics
        case "department":
            return wish.value == news.owner
        case "recommendation set":
            return any(name.partition("/")[0] == wish.value for name in news.recommendations)
        case "change":
            return wish.value == news.kind
        case _:
            return news.commitment in found.get(wish.value, frozenset())


def described(wish: Subscription, names: TopicNames) -> str:
    """Say a wish in words: `topic: The Casey audit`."""
    match wish.kind:
        case "everything":
            return EVERYTHING
        case "topic":
            return f"topic: {names.topics.get(wish.value, wish.value)}"
        case "recommendation set":
            return f"recommendations: {names.sets.get(wish.value, wish.value)}"
        case "change":
            return f"change: {names.kinds.get(wish.value, wish.value).lower()}"
        case "search":
            return f"your search: {search_in_words(wish.value, names)}"
        case _:
            return f"department: {wish.value}"


def search_in_words(text: str, names: TopicNames) -> str:
    """Say a saved search in words: `owner Home Office, status overdue`."""
    said = []
    for name, value in read_saved_search(text).pairs():
        shown = names.topics.get(value, value) if name == "topic" else names.sets.get(value, value)
        said.append(f"“{value}”" if name == "words" else f"{name.replace('_', ' ')} {shown}")
    return ", ".join(said)
