"""Which tracked terms a text holds, and why: the vocabulary of `terms.yml`, matched with Aho-Corasick."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from processing.language.text import normalise
from processing.records import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).parent / "terms.yml"
NEAR = 60  # characters on either side within which a false friend takes a match away


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject that policy staff follow, with its terms."""

    id: str
    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One tracked term: its phrases and acronyms, the context that it needs, and its false friends."""

    id: str
    topic: str
    phrases: tuple[str, ...]
    acronyms: tuple[str, ...]
    needs: frozenset[str]
    not_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The compiled vocabulary: `patterns[i]` is matched by the automaton and belongs to `owners[i]`."""

    version: str
    topics: tuple[Topic, ...]
    terms: tuple[Term, ...]
    patterns: tuple[str, ...]
    owners: tuple[tuple[Term, bool], ...]
    automaton: AhoCorasick


def spellings(phrase: str) -> Iterator[str]:
    """Yield the forms in which a phrase is met: with a space or a hyphen at each join that is written with one."""
    lowered = normalise(phrase).lower()
    yield lowered
    yield from sorted({lowered.replace("-", " "), re.sub(r"(?<=\w)'s\b", "s", lowered)} - {lowered})
    if " " in lowered and "-" not in lowered:
        yield lowered.replace(" ", "-")


def _term(entry: dict[str, Any], topic: str, contexts: dict[str, list[str]]) -> Term:
    needed = [word for name in entry.get("needs", []) for word in contexts.get(name, [name])]
    return Term(
        id=entry["id"],
        topic=topic,
        phrases=tuple(entry["phrases"]),
        acronyms=tuple(entry.get("acronyms", [])),
        needs=frozenset(needed),
        not_with=tuple(normalise(phrase).lower() for phrase in entry.get("not_with", [])),
    )


def load_vocabulary(file: Path = FILE) -> Vocabulary:
    """Read and compile the vocabulary. Raises ValueError where an id or a phrase stands twice."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    topics = tuple(Topic(id=t["id"], name=t["name"], description=t["description"]) for t in content["topics"])
    terms = tuple(
        _term(entry, topic["id"], content["contexts"]) for topic in content["topics"] for entry in topic["terms"]
    )
    owners: dict[str, tuple[Term, bool]] = {}
    for term in terms:
        forms = [(form, False) for phrase in term.phrases for form in spellings(phrase)]
        forms += [(acronym.lower(), True) for acronym in term.acronyms]
        for form, is_acronym in forms:
            if owners.setdefault(form, (term, is_acronym))[0] is not term:
                raise ValueError(f"{file.name}: {form!r} stands in {owners[form][0].id} and in {term.id}")
    if len({term.id for term in terms}) != len(terms):
        raise ValueError(f"{file.name}: a term id stands twice")
    patterns = tuple(owners)
    return Vocabulary(
        version=str(content["version"]),
        topics=topics,
        terms=terms,
        patterns=patterns,
        owners=tuple(owners.values()),
        automaton=AhoCorasick(list(patterns), matchkind=MatchKind.LeftmostLongest),
    )


def find_mentions(text: str, vocabulary: Vocabulary, title: str = "", until: int | None = None) -> tuple[Mention, ...]:
    """Return the tracked terms of a text, in its order, with offsets in the text as given.

    `title` is the heading under which the text stands: it lends context to acronyms, and a false friend in it takes
    a match away. Terms that begin at `until` or after are left out: they are not looked at any closer.
    """
    lowered = text.lower() if text.isascii() else normalise(text).lower()
    context = ""
    found = []
    for index, start, end in vocabulary.automaton.find_matches_as_indexes(lowered):
        if until is not None and start >= until:
            break
        if not _stands_alone(lowered, start, end):
            continue
        term, is_acronym = vocabulary.owners[index]
        if is_acronym and not text[start:end].isupper() and not text[start : end - 1].isupper():
            continue
        context = context or f"{normalise(title).lower()}\n{lowered}"
        if _fits(term, lowered, start, end, context, len(title)):
            found.append(Mention(term=term.id, topic=term.topic, start=start, end=end))
    return tuple(found)


def title_names_subject(title: str, body: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a title holds a tracked term. The body lends it the context that a short title lacks."""
    return bool(find_mentions(f"{title}\n{body}", vocabulary, until=len(title)))


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _fits(term: Term, text: str, start: int, end: int, context: str, title_length: int) -> bool:
    """Tell whether a match has the context that its term needs, and no false friend near."""
    near = context[:title_length] + "\n" + text[max(0, start - NEAR) : end + NEAR]
    if any(friend in near for friend in term.not_with):
        return False
    if not term.needs:
        return True
    words = context[: title_length + 1 + start] + " " + context[title_length + 1 + end :]
    return any(re.search(rf"\b{re.escape(word)}\b", words) for word in term.needs)
