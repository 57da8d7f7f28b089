"""The verbs of promises: their forms, what they do (`verbs.yml`), and which record class they stand for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).parent / "verbs.yml"
_VOWELS = "aeiou"


class Lexicon(NamedTuple):
    """`base`, `present`, `ing`, `past` and `done` map a form to its base; `kinds` and `actions` a base to classes."""

    base: dict[str, str]
    present: dict[str, str]
    ing: dict[str, str]
    past: dict[str, str]
    done: dict[str, str]
    kinds: dict[str, tuple[str, ...]]
    actions: dict[str, str]
    noun_too: frozenset[str]
    phrases: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]
    under_way: frozenset[str]


def _doubles(verb: str) -> bool:
    short = sum(letter in _VOWELS for letter in verb) == 1 or verb in {
        "commit",
        "refer",
        "permit",
        "submit",
        "rebut",
        "defer",
        "trial",
        "model",
        "signal",
        "label",
        "cancel",
        "channel",
        "compel",
        "expel",
        "control",
        "enrol",
        "plan",
        "transfer",
        "recur",
    }
    return short and verb[-1] not in "wxyaeiou" and verb[-2] in _VOWELS and (len(verb) < 3 or verb[-3] not in _VOWELS)  # noqa: PLR2004 -- no third letter


def present(verb: str) -> str:
    """Return the form for he, she, it: publish, publishes."""
    if verb in {"be", "have"}:
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith(("s", "sh", "ch", "x", "z")) or verb == "go":
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def ing(verb: str) -> str:
    """Return the -ing form: make, making; set, setting."""
    if verb.endswith("e") and not verb.endswith(("ee", "oe")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + (verb[-1] if _doubles(verb) else "") + "ing"


def past(verb: str) -> str:
    """Return the regular past form: review, reviewed; carry, carried."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _doubles(verb) else "") + "ed"


@cache
def load_lexicon() -> Lexicon:
    """Read `verbs.yml` and build all forms."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    irregular = {verb: forms.split() for verb, forms in content["irregular"].items()}
    lexicon = Lexicon(
        *({}, {}, {}, {}, {}, {}, {}),
        frozenset(content["noun_too"].split()),
        _phrases(content["phrases"]),
        frozenset(content["under_way"].split()),
    )
    for group in content["classes"]:
        for verb in group["verbs"].split():
            lexicon.kinds[verb] = (*lexicon.kinds.get(verb, ()), group["kind"])
            lexicon.actions.setdefault(verb, group["action"])
    for verb in sorted(set(lexicon.kinds) | set(irregular)):
        before, done = irregular.get(verb, [past(verb), past(verb)])
        for forms, form in zip(lexicon[:5], (verb, present(verb), ing(verb), before, done), strict=True):
            forms.setdefault(form, verb)
    return lexicon


_OBJECT = r"(?:[^ ]+ ){0,5}?"


def _phrases(told: dict[str, dict[str, str]]) -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    phrases: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for kind, verbs in told.items():
        for verb, tail in verbs.items():
            pattern = re.compile(rf"(?:{tail.replace('~', _OBJECT)})")
            phrases.setdefault(verb, []).append((kind, pattern))
    return {verb: tuple(patterns) for verb, patterns in phrases.items()}


def kind_of(verb: str, tail: str) -> str:
    """Return what a verb does, told by the words after it ("give" + "way to" is courtesy), else by itself."""
    lexicon = load_lexicon()
    for kind, pattern in lexicon.phrases.get(verb, ()):
        if pattern.match(tail):
            return kind
    kinds = lexicon.kinds.get(verb)
    return kinds[0] if kinds else "other"
