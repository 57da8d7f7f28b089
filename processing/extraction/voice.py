"""For whom a passage speaks, from its own fields: the Government or not, and which department is "we"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processing.language.departments import GOVERNMENT, canonical_name, department_of_post, load_names
from processing.sources import PUBLISHED

if TYPE_CHECKING:
    from processing.records import SpokenPassage


class Voice(NamedTuple):
    """`ours` is the owner of what "we" promise: a department, or "Government"; `told` names the speaker in words."""

    is_government: bool
    ours: str
    told: str


def voice_of(passage: SpokenPassage) -> Voice:
    """Tell for whom a passage speaks. Only `government` makes it the Government's word; a question never is."""
    if not passage.government or passage.title.endswith("(question)"):
        return Voice(is_government=False, ours=GOVERNMENT, told="somebody outside the Government")
    department = department_of_post(passage.post)
    if department is None and passage.speaker and passage.post is None:
        named = canonical_name(passage.speaker)
        own_page = passage.source == PUBLISHED
        department = named if named in load_names().departments or own_page else None
    told = passage.post or passage.speaker or department or "the Government"
    return Voice(is_government=True, ours=department or GOVERNMENT, told=told)
