"""Every error of ours, with who raises it and what the operator should do."""

from __future__ import annotations


class FollowthroughError(Exception):
    """Base of all errors that the command line turns into one sentence and exit code 1."""


class SourceChanged(FollowthroughError):
    """An upstream answer has not the shape that its reader knows.

    Raised by the readers in `spiders/` (through `processing.strict_json`). The answer stays in the archive and its
    document is left out until the reader is mended: run `followthrough probe`, then `followthrough reread`.
    """

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{where}: {what}")


class KindNotCollected(FollowthroughError):
    """An upstream answer is of a kind that the product does not collect, by decision.

    Raised by the readers in `spiders/`; counted and named in the run's summary. Nothing to do.
    """

    def __init__(self, where: str, kind: str) -> None:
        self.where = where
        self.kind = kind
        super().__init__(f"{where}: kind not collected: {kind}")


class DamagedBody(FollowthroughError):
    """A body in the archive is not the bytes that were kept.

    Raised where it is asked for by its hash. `followthrough check` names all such; restore a backup.
    """


class BadInput(FollowthroughError):
    """A file, line or option that a person gave can't be used.

    Raised where input from people enters. The message names the file and the place; correct it and run again.
    """


class DatabaseTooNew(FollowthroughError):
    """The database was written by a newer version of Followthrough.

    Raised when a database is opened. Upgrade the program; the file was not touched.
    """


class Busy(FollowthroughError):
    """Another run holds the lock.

    Raised by the commands that write. Wait for the other run, or look at `followthrough status`.
    """
