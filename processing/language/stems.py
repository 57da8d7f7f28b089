"""The words that set one promise apart from others: those left without what every speech has."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[a-z][a-z-]{2,}|\b(?!(?:19|20)\d\d\b)\d{2,}")
NAMED_BILL = re.compile(r"(?:[A-Z][\w’']+,? (?:and |of )?)+Bill\b")
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "y", "e")
COMMON = frozenset(
    re.findall(
        r"\w+",
        """a an the and or but nor for of in on at to by from with without into onto over under about after before since
        until while during between through against among than then that this these those there here it its they them
        their we us our i me my he she his her who whom whose which what when where why how if whether as so such not
        no yes all any each every some many more most other another both few only own same too very just also now
        again already still yet ever never will would shall should can could may might must do does did done doing
        has have had having be is are was were been being am get gets got give gives given giving take takes taken
        taking make makes made making go goes going come comes coming bring brings bringing brought put puts putting
        set sets setting let lets keep keeps forward further first second next last new early late soon shortly course
        year years month months week weeks day days spring summer autumn winter january february march april june july
        august september october november december easter christmas recess session parliament parliamentary time
        allows end start government minister ministers department house member members hon right friend noble lord
        lords secretary state home office country national england wales united kingdom people person part place case
        cases matter issue issues work works working way ways important clear right need needs ensure ensuring support
        supporting help action act acts child children young sexual sexually abuse abused exploitation victim victims
        survivor survivors harm safety safe protect protection safeguarding crime criminal police offence offences
        commitment committed commit confirm promise announce announced accept recommendation recommendations plan
        plans intend aim want hope consider continue publish published publishing publication statutory update
        updated revise revised issue issued guidance legislation legislate law laws bill bills measure measures
        introduce introduced consult consulting consultation views response respond report review strategy fund
        funding funded million billion provide providing provided invest investment establish create launch launched
        local services service area areas million today tomorrow morning afternoon additional whole public sector
        including include""",
    )
)


@lru_cache(maxsize=100_000)
def telling_words(quote: str) -> frozenset[str]:
    """Return the words that set a promise apart from others, cut to their stems; the commonest of all are left out."""
    words = WORD.findall(NAMED_BILL.sub(" ", quote).lower().replace("’", "'"))
    return frozenset(stem(word) for word in words if word not in COMMON)


def as_said(stems: frozenset[str], text: str) -> list[str]:
    """Return the words of a text that have one of these stems, each once, in their order."""
    found = {stem(word): word for word in reversed(WORD.findall(text.lower()))}
    return [word for stem, word in reversed(found.items()) if stem in stems]


def stem(word: str) -> str:
    """Cut the commonest endings off, so that "restricting" and "restrict" are one word."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:  # noqa: PLR2004 -- what is left must say something
            return word.removesuffix(ending)
    return word
