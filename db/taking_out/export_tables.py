"""What the exported tables hold: the stored columns of the register, whatever they are, and what is computed beside.

A column that is stored later stands in the exports by itself; its meaning is that of db/schema/meanings.yml.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from db.meanings import columns_of_table


class Computed(NamedTuple):
    """A column that is not stored as it is: its meaning, and the SQL that gives it (empty: it is added in Python)."""

    meaning: str
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One exported table: its rows in a fixed order, and what each column means.

    `of` is a table of the register and the name that the query gives it; its stored columns are taken but for
    `hidden`. `source` is what follows FROM, up to and with the order. `beside` are columns for computing only.
    """

    name: str
    title: str
    of: tuple[str, str] | None = None
    hidden: frozenset[str] = frozenset()
    computed: dict[str, Computed] = field(default_factory=dict)
    source: str = ""
    order: str = ""
    beside: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """The columns with their meanings: the stored ones in the order of the schema, then the computed ones."""
        return {
            **{name: _capital(words) for name, words in self._stored().items()},
            **{name: told.meaning for name, told in self.computed.items()},
        }

    def query(self, where: str = "") -> str:
        """Return the query of the rows, with a condition that begins with WHERE or AND."""
        table = self.of[1] if self.of else ""
        parts = [f'{table}."{name}"' for name in self._stored() if name not in self.computed]
        parts += [f"{told.sql} AS {name}" for name, told in self.computed.items() if told.sql]
        beside = f", {self.beside}" if self.beside else ""
        return f"SELECT {', '.join(parts)}{beside} FROM {self.source} {where} {self.order}"  # noqa: S608 -- ours

    def _stored(self) -> dict[str, str]:
        stored = columns_of_table(self.of[0]) if self.of else {}
        return {name: words for name, words in stored.items() if name not in self.hidden and name not in self.computed}

    def type_of(self, column: str) -> str:
        """Return the type of a column's values: date, integer, boolean or string."""
        return TYPES.get(column, "string")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


TYPES = {
    **dict.fromkeys(
        (
            "said_on", "earliest", "latest", "first_latest", "first_said", "last_said", "delivered_on", "happened_on",
            "old_latest", "new_latest", "published", "next_date", "day", "look_again",
        ),
        "date",
    ),
    **dict.fromkeys(("slipped_days", "times_said", "undated_days", "days", "found", "start"), "integer"),
    **dict.fromkeys(("has_evidence", "is_reviewed", "needs_look", "is_history"), "boolean"),
}  # fmt: skip
LICENCE = Computed("Licence of the words", "o.licence")
OUR_LICENCE = Computed("Licence of this row, which is our own", "'MIT'")
WORDS = Computed("Address of the words", "s.url")
TITLE = Computed("Title of the document", "d.title")
CITATION = Computed("How to cite it, such as HC Deb, 16 June 2025, c27", "")
# what a citation is made of, under names that no column has
CITED = (
    "d.source AS _source, d.title AS _title, d.departments AS _departments, s.house AS _house,"
    ' s."column" AS _column, s.said_on AS _said_on, p.page AS _page'
)
OF_A_DOCUMENT = "JOIN documents d ON d.id = {0}.document JOIN sources o ON o.id = d.source"
# how the register came to be, and what only the program needs
INNER = frozenset(
    ("calendar_version", "cues", "features", "nearby", "passage", "passage_key", "rules_version", "score")
)
LAST = (
    "(SELECT l.id FROM statements l WHERE l.commitment = c.id"
    " ORDER BY l.said_on DESC, l.said_at DESC, l.id DESC LIMIT 1)"
)


def _listed(column: str, table: str) -> str:
    """Return the SQL of what is linked to a commitment, in order, with blanks between."""
    return (
        f"(SELECT group_concat({column}, ' ') FROM (SELECT {column} FROM {table} WHERE commitment = c.id ORDER BY 1))"  # noqa: S608 -- names of ours
    )


COMMITMENTS = Table(
    name="commitments",
    title="Every commitment, as it stands",
    of=("commitments", "c"),
    hidden=INNER | {"number", "joined_into", "sequence", "timing_kind", "precision", "needs_look"},
    computed={
        "quote": Computed("The exact words last said", "s.quote"),
        "speaker": Computed("Speaker as printed", "s.speaker"),
        "post": Computed("Government post in which it was said", "s.post"),
        "citation": CITATION,
        "undated_days": Computed(
            "Days since it was first said, where it has no date: how a vague promise ages",
            "iif(c.status = 'undated', CAST(julianday((SELECT value FROM facts WHERE name = 'as_of'))"
            " - julianday(c.first_said) AS INTEGER), NULL)",
        ),
        "recommendations": Computed(
            "Recommendations that it is about", _listed("recommendation", "commitment_recommendations")
        ),
        "topics": Computed("Topics", _listed("topic", "commitment_topics")),
        "permalink": Computed("Address of the words last said", "s.url"),
        "licence": LICENCE,
    },
    source=f"commitments c JOIN statements s ON s.id = {LAST} JOIN passages p ON p.id = s.passage "
    + OF_A_DOCUMENT.format("s"),
    order="ORDER BY c.number",
    beside=CITED,
)
STATEMENTS = Table(
    name="statements",
    title="Every saying of a commitment, in exact words",
    of=("statements", "s"),
    hidden=INNER | {"url"},
    computed={"title": TITLE, "citation": CITATION, "permalink": WORDS, "licence": LICENCE},
    source=f"statements s {OF_A_DOCUMENT.format('s')} JOIN passages p ON p.id = s.passage",
    order="ORDER BY s.said_on, s.id",
    beside=CITED,
)
TABLES = (
    COMMITMENTS,
    STATEMENTS,
    Table(
        name="deliveries",
        title="Every statement that a thing has been done: evidence, not a verdict",
        of=("deliveries", "y"),
        hidden=INNER | {"url"},
        computed={"title": TITLE, "permalink": Computed("Address of the words", "y.url"), "licence": LICENCE},
        source=f"deliveries y {OF_A_DOCUMENT.format('y')}",
        order="ORDER BY y.said_on, y.id",
    ),
    Table(
        name="events",
        title="What happened to each commitment",
        of=("events", "e"),
        computed={
            "permalink": Computed("Address of the words", "coalesce(s.url, y.url, d.url)"),
            "licence": LICENCE,
        },
        # a review has no words of a source: its commitment's last ones stand for them
        source="events e LEFT JOIN statements s ON s.id = coalesce(e.statement, iif(e.kind = 'reviewed',"
        " (SELECT id FROM statements l WHERE l.commitment = e.commitment ORDER BY said_on DESC, id LIMIT 1), NULL))"
        " LEFT JOIN deliveries y ON y.id = e.delivery LEFT JOIN documents d"
        " ON d.id = coalesce(e.document, s.document, y.document) LEFT JOIN sources o ON o.id = d.source",
        order="ORDER BY e.happened_on, e.id",
    ),
    Table(
        name="recommendations",
        title="Recommendations of inquiries and reviews, with the commitments linked to each",
        of=("recommendations", "r"),
        hidden=frozenset(("set", "number", "position")),
        computed={
            "position": Computed(
                "The Government's position as last stated in the register, or not answered",
                "coalesce((SELECT p.position FROM positions p WHERE"
                " p.recommendation IN (r.id, r.\"set\" || '/*') ORDER BY p.said_on DESC, p.recommendation LIKE '%/*',"
                " p.start LIMIT 1), 'not answered')",
            ),
            "commitments": Computed(
                "Public ids of linked commitments",
                "(SELECT group_concat(commitment, ' ') FROM (SELECT DISTINCT c.commitment FROM"
                " commitment_recommendations c JOIN commitments m ON m.id = c.commitment AND m.joined_into IS NULL"
                " WHERE c.recommendation IN (r.id, r.\"set\" || '/*') ORDER BY m.number))",
            ),
            "last_said": Computed(
                "Day of the last word on it",
                "(SELECT max(m.last_said) FROM commitment_recommendations c JOIN commitments m ON m.id = c.commitment"
                " WHERE c.recommendation IN (r.id, r.\"set\" || '/*'))",
            ),
            "next_date": Computed(
                "Next deadline of a linked commitment that is still to come or is overdue",
                "(SELECT min(m.latest) FROM commitment_recommendations c JOIN commitments m ON m.id = c.commitment"
                " AND m.joined_into IS NULL AND m.status IN ('open', 'overdue')"
                " WHERE c.recommendation IN (r.id, r.\"set\" || '/*'))",
            ),
            "permalink": Computed("Address of the report", "t.url"),
            "licence": OUR_LICENCE,
        },
        source='recommendations r JOIN recommendation_sets t ON t.id = r."set"',
        order='ORDER BY r."set", r.position',
    ),
    Table(
        name="positions",
        title="What the Government said of a recommendation: accepted, in part, in principle, rejected",
        of=("positions", "p"),
        hidden=INNER | {"url", "id"},
        computed={
            "id": Computed(
                "Recommendation, day and place of the words",
                "p.recommendation || ' ' || p.said_on || ' ' || p.document || ' ' || a.key || ' ' || p.start",
            ),
            "title": TITLE,
            "permalink": Computed("Address of the words", "p.url"),
            "licence": LICENCE,
        },
        source=f"positions p JOIN passages a ON a.id = p.passage {OF_A_DOCUMENT.format('p')}",
        order="ORDER BY p.recommendation, p.said_on, p.document, a.key, p.start",
    ),
    Table(
        name="documents",
        title="Every document on the subject that was read",
        of=("documents", "d"),
        hidden=frozenset(("url", "judged", "is_relevant")),
        computed={"permalink": Computed("Address", "d.url"), "licence": LICENCE},
        source="documents d JOIN sources o ON o.id = d.source",
        order="WHERE d.is_relevant = 1 ORDER BY d.published, d.id",
    ),
    Table(
        name="coverage",
        title="What was asked for and what came of it: the gaps as well",
        of=("coverage", "v"),
        computed={
            "id": Computed("Source and what was asked of it", "v.source || ' ' || v.scope"),
            "permalink": Computed("Address of the source", "o.url"),
            "licence": OUR_LICENCE,
        },
        source="coverage v JOIN sources o ON o.id = v.source",
        order="ORDER BY v.day IS NULL, v.day, v.source, v.scope",
    ),
)
