"""What the replica can serve: the sample world, as it stood on a day, or a folder of recorded answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from replica.shelf import Shelf
from replica.world_pages import pages_of
from replica.world_papers import (
    answering_bodies_of,
    committees_of,
    members_of,
    posts_of,
    publications_of,
    questions_of,
    recesses_of,
    statements_of,
)
from replica.world_sittings import hansard_of

if TYPE_CHECKING:
    from datetime import date

    from replica.world import World


@dataclass(frozen=True, slots=True)
class WorldStock:
    """Fills the shelf from the sample world."""

    world: World

    def shelf(self, as_of: date) -> Shelf:
        """Return what the hosts serve on a day."""
        world = self.world
        hansard = hansard_of(world.sittings, as_of)
        publications, bodies = publications_of(world, as_of)
        pages, files = pages_of(world, as_of)
        return Shelf(
            sections=hansard.sections,
            debates=hansard.debates,
            divisions=hansard.divisions,
            sitting=world.sitting_days,
            shown={house: [day for day in days if day <= as_of] for house, days in world.sitting_days.items()},
            recesses=recesses_of(world),
            questions=questions_of(world, as_of),
            statements=statements_of(world, as_of),
            members=members_of(world),
            posts=posts_of(world, as_of),
            answering_bodies=answering_bodies_of(world),
            committees=committees_of(world),
            publications=publications,
            bodies=bodies,
            pages=pages,
            files=files,
        )
