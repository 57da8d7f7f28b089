"""The words that build clauses (`function_words.yml`): helpers, determiners, prepositions, words that open clauses."""

from __future__ import annotations

from pathlib import Path

import yaml

FILE = Path(__file__).parent / "function_words.yml"
_KNOWN: dict[str, frozenset[str]] = {
    name: frozenset(words) for name, words in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()
}
PRONOUNS = _KNOWN["pronouns"]
PERSONAL = _KNOWN["personal"]
AUXILIARIES = _KNOWN["auxiliaries"]
DETERMINERS = _KNOWN["determiners"]
ADVERBS = _KNOWN["adverbs"]
PREPOSITIONS = _KNOWN["prepositions"]
FRONTED = _KNOWN["fronted"]
SUBORDINATORS = _KNOWN["subordinators"]
STOPS = _KNOWN["stops"]
HELPERS = _KNOWN["helpers"]
SAYINGS = _KNOWN["sayings"]
OPENING = _KNOWN["opening"]
TIME_WORDS = _KNOWN["time_words"]
ENDING_COMMAS = _KNOWN["ending_commas"]
GOING_ON = _KNOWN["going_on"]
FILLERS = _KNOWN["fillers"]
