"""No document may end a run: what it makes us stumble over is told with its place, and the rest goes on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from processing.errors import FollowthroughError, SourceChanged

if TYPE_CHECKING:
    from collections.abc import Iterator

# these end the run itself, whatever it was reading
ENDING = (KeyboardInterrupt, SystemExit, GeneratorExit)
PLAIN_WORDS = {
    "RecursionError": "it is nested too deeply",
    "MemoryError": "it takes more memory than there is",
    "UnicodeEncodeError": "it holds half a character",
    "UnicodeDecodeError": "it is not in the encoding that it states",
    "OverflowError": "it holds a number or a day beyond all bounds",
}


def reason(error: BaseException) -> str:
    """Say in words why a document could not be read."""
    name = type(error).__name__
    words = " ".join(str(error).split())[:200]
    return f"{PLAIN_WORDS.get(name, 'an error of ours or of a library')} ({name}{': ' if words else ''}{words})"


@contextmanager
def named(where: str) -> Iterator[None]:
    """Raise SourceChanged with the place in the stead of whatever one document makes us stumble over.

    Errors of ours pass as they are. So does what ends the run. A panic of a library in Rust is no Exception, and is
    caught as well.
    """
    try:
        yield
    except FollowthroughError:
        raise
    except BaseException as error:
        if isinstance(error, ENDING):
            raise
        raise SourceChanged(where, f"could not be read: {reason(error)}") from error
