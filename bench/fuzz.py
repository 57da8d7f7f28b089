"""Mutates the fixtures of every reader and counts what comes out: `python -m bench.fuzz [MUTANTS A READER]`.

A reader may give records, or refuse an answer by name (SourceChanged, KindNotCollected). Anything else would be the
fault of one document that ends a run: it is printed, and the exit code is 1. Seeded, so that a finding can be repeated.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from processing.errors import KindNotCollected, SourceChanged
from processing.one_document import named
from spiders.sources import all_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"
PIECES = (
    b"\\ud83d", b"\x00", b"\xff", b"[" * 2000, b"<div>" * 1500, b"null", b"-1", b"1e999", b"9999-12-31", b"0000-00-00",
    b"&#55357;", b"&#0;", b"\xef\xbf\xbe", b'"', b"}", b"<![CDATA[", b"<!--", b"\\u0000", b"99999999999999999999999",
)  # fmt: skip


def mutated(body: bytes, chance: random.Random) -> bytes:
    """Return a body with up to three pieces put in, taken out, repeated or swapped."""
    for _ in range(chance.randint(1, 3)):
        place, length = chance.randrange(len(body) + 1), chance.choice((1, 2, 8, 64, 512))
        kind = chance.randrange(4)
        if kind == 0:
            body = body[:place] + chance.choice(PIECES) + body[place:]
        elif kind == 1:
            body = body[:place] + body[place + length :]
        elif kind == 2:  # noqa: PLR2004 -- one of four
            body = body[:place] + body[place : place + length] * chance.choice((2, 50)) + body[place + length :]
        else:
            body = body[:place] + bytes(chance.randrange(256) for _ in range(4)) + body[place + 4 :]
    return body


def cases(source: str) -> list[tuple[bytes, str]]:
    """Return the inputs of a source's fixtures with their addresses."""
    found = []
    for file in sorted((FIXTURES / source).glob("*.input.*")):
        url = file.with_name(f"{file.name.split('.')[0]}.url.txt").read_text(encoding="utf-8").strip()
        found.append((file.read_bytes(), url))
    return found


def outcomes(source: str, number: int, seed: int = 1) -> Iterator[str]:
    """Yield for each mutant what its reader made of it: read, refused, not collected, or the error that came out."""
    chance = random.Random(f"{source} {seed}")  # noqa: S311 -- repeatable, no secret
    inputs = cases(source)
    read = all_sources()[source].read
    for _ in range(number):
        body, url = chance.choice(inputs)
        try:
            with named(url):
                for record in list(read(mutated(body, chance), url)):
                    repr(record).encode()  # what can't be written down can't be kept
        except SourceChanged:
            yield "refused"
        except KindNotCollected:
            yield "not collected"
        except BaseException as error:  # noqa: BLE001 -- what comes out is what is measured
            yield f"{type(error).__name__}: {error}"
        else:
            yield "read"


def main() -> int:
    """Fuzz every reader."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    wrong = 0
    for source in all_sources():
        counts = Counter(outcomes(source, number))
        print(f"{source}: {dict(counts.most_common())}", flush=True)
        wrong += sum(counts.values()) - sum(counts[known] for known in ("read", "refused", "not collected"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
