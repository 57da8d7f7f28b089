"""What each source is: one row a source, which all rooms ask instead of knowing a source by its id.

A new source has its spider, its fixtures and a row here; without a row nothing of it is read (`Source` says what each
fact decides). How a source is asked, and what a usual week brings, stands in its spider.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class WhoseWord(Enum):
    """Whose word the passages of a document are."""

    NOBODY = "nobody"  # records without words of anybody: days, people
    ANSWERER = "answerer"  # passages of kind answer or statement are the department's that answers; questions are not
    PUBLISHER = "publisher"  # a department's own page: its words, except those that it quotes
    RESPONSE = "response"  # written by the Government, whoever prints it: its words, except those that it quotes
    SUBMITTER = "submitter"  # handed in by whoever the document names: the Government's where that is a department
    REPRINT = "reprint"  # another body's paper that may print a response of the Government under a heading of its own
    SPEAKER = "speaker"  # each speaker's own: the Government's by the office held that day
    OTHERS = "others"  # another body's word, whatever it says of the Government


class Citation(Enum):
    """How a saying is cited."""

    COLUMN = "column"  # House, day and column
    QUESTION = "question"  # by the number of the written question
    STATEMENT = "statement"  # by the number of the written statement
    PUBLICATION = "publication"  # publisher, title, day, page


# The manners of writing that the labelling guide tells apart, and in which the extractor reads a passage.
SPOKEN, WRITTEN_ANSWER, WRITTEN_STATEMENT, PUBLISHED = "hansard", "written_answer", "written_statement", "govuk"
MANNERS = (SPOKEN, WRITTEN_ANSWER, WRITTEN_STATEMENT, PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the product must know of a source beside how it is asked.

    `voice` says whose word its passages are, `voices` the same for kinds of document that differ from it. `around` is
    how many passages before and after one that names the subject are read as well; `whole` names the kinds of document
    of which every passage is read. `edits_move_the_day`: new words on an old page were said on the day of the edit.
    `is_cited_by` is how a saying is cited. `silence_alarms`: two weeks without a document while Parliament sits are
    told to the operator. `has_every_sitting_day`: a day on which a House sat and which brought nothing is a gap.
    `publishing_delivers`: that a page appears can itself be what was promised. `is_imported`: its documents come by
    `followthrough import` and are never asked for.
    """

    id: str
    voice: WhoseWord
    voices: Mapping[str, WhoseWord] = field(default_factory=dict)
    manner: str = PUBLISHED
    manners: Mapping[str, str] = field(default_factory=dict)
    around: tuple[int, int] = (3, 3)
    whole: frozenset[str] = frozenset()
    edits_move_the_day: bool = False
    is_cited_by: Citation = Citation.PUBLICATION
    silence_alarms: bool = False
    has_every_sitting_day: bool = False
    publishing_delivers: bool = False
    is_imported: bool = False

    def voice_of(self, kind: str) -> WhoseWord:
        """Return whose word the passages of a kind of document are."""
        return self.voices.get(kind, self.voice)

    def manner_of(self, kind: str) -> str:
        """Return the manner of writing of a kind of document: one of MANNERS."""
        return self.manners.get(kind, self.manner)


# Kinds of document that only complete another: its title, day and body are that one's.
ONE_FILE, TEXT_OF_A_PUBLICATION = "file", "text of a publication"
PARTS = (ONE_FILE, TEXT_OF_A_PUBLICATION)
ANSWERS = frozenset(("written answer", "written statement"))
# an answer often follows the question that names the subject
AFTER_A_QUESTION = (0, 2)

_ROWS = (
    Source(
        id="hansard",
        voice=WhoseWord.SPEAKER,
        manner=SPOKEN,
        around=AFTER_A_QUESTION,
        is_cited_by=Citation.COLUMN,
        silence_alarms=True,
        has_every_sitting_day=True,
    ),
    Source(
        id="written_questions",
        voice=WhoseWord.ANSWERER,
        manner=WRITTEN_ANSWER,
        around=AFTER_A_QUESTION,
        whole=ANSWERS,
        is_cited_by=Citation.QUESTION,
        silence_alarms=True,
    ),
    Source(
        id="written_statements",
        voice=WhoseWord.ANSWERER,
        manner=WRITTEN_STATEMENT,
        around=AFTER_A_QUESTION,
        whole=ANSWERS,
        is_cited_by=Citation.STATEMENT,
        silence_alarms=True,
    ),
    Source(
        id="govuk",
        voice=WhoseWord.PUBLISHER,
        edits_move_the_day=True,
        silence_alarms=True,
        publishing_delivers=True,
    ),
    Source(
        id="committees",
        voice=WhoseWord.OTHERS,
        voices={
            "government response": WhoseWord.RESPONSE,
            "special report": WhoseWord.REPRINT,
            "command paper": WhoseWord.SUBMITTER,
            "written evidence": WhoseWord.SUBMITTER,
            "correspondence": WhoseWord.SUBMITTER,
        },
        edits_move_the_day=True,
    ),
    Source(
        id="petitions",
        voice=WhoseWord.ANSWERER,
        manner=WRITTEN_ANSWER,
        whole=frozenset(("petition",)),
        edits_move_the_day=True,
    ),
    Source(
        id="twfy",
        voice=WhoseWord.SPEAKER,
        voices=dict.fromkeys(ANSWERS, WhoseWord.ANSWERER),
        manner=SPOKEN,
        manners={"written answer": WRITTEN_ANSWER, "written statement": WRITTEN_STATEMENT},
        around=AFTER_A_QUESTION,
        whole=ANSWERS,
        is_cited_by=Citation.COLUMN,
        is_imported=True,
    ),
    Source(id="members", voice=WhoseWord.NOBODY),
    Source(id="calendar", voice=WhoseWord.NOBODY),
)
SOURCES: Mapping[str, Source] = {row.id: row for row in _ROWS}
CRAWLED = tuple(row.id for row in _ROWS if not row.is_imported)
SITTING_DAYS_OF = next(row.id for row in _ROWS if row.has_every_sitting_day)


def source_of(source: str) -> Source:
    """Return the row of a source. Raises ValueError, with what to do, where there is none."""
    if row := SOURCES.get(source):
        return row
    raise ValueError(f"the source {source!r} has no row in processing/sources.py: nobody can tell whose word it is")
