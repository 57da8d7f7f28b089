"""What the exported tables hold: each with its columns, what they mean and of which type they are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One exported table: its rows in a fixed order, and what each column means."""

    name: str
    title: str
    columns: dict[str, str]
    query: str

    def type_of(self, column: str) -> str:
        """Return the type of a column's values: date, integer, boolean or string."""
        return TYPES.get(column, "string")


TYPES = {
    **dict.fromkeys(
        (
            "said_on", "earliest", "latest", "first_latest", "first_said", "last_said", "delivered_on", "happened_on",
            "old_latest", "new_latest", "published", "next_date", "day",
        ),
        "date",
    ),
    **dict.fromkeys(("slipped_days", "times_said", "undated_days", "days", "found"), "integer"),
    **dict.fromkeys(("has_evidence", "is_reviewed"), "boolean"),
}  # fmt: skip

STATEMENTS = Table(
    name="statements",
    title="Every saying of a commitment, in exact words",
    columns={
        "id": "Stable id of the statement",
        "commitment": "Public id of the commitment that it tells of",
        "quote": "Exact words, a substring of the archived text",
        "said_on": "Day on which it was said or published",
        "speaker": "Speaker as printed",
        "post": "Government post in which it was said",
        "owner": "Who is to act",
        "firmness": "firm, conditional or aspirational",
        "novelty": "new or restated, as the words themselves say",
        "timing": "The words that say when",
        "earliest": "First day on which it could be kept",
        "latest": "Last day before it is overdue; empty where vague",
        "action": "Class of action",
        "state": "current, edited, withdrawn or gone, in the source",
        "house": "House in which it was said",
        "column": "Citable column",
        "title": "Title of the document",
        "citation": "How to cite it, such as HC Deb, 16 June 2025, c27",
        "permalink": "Address of the words",
        "licence": "Licence of the words",
        "why": "Why it counts, and why each field has its value",
    },
    query="SELECT s.id, s.commitment, s.quote, s.said_on, s.speaker, s.post, s.owner, s.firmness, s.novelty, s.timing,"
    ' s.earliest, s.latest, s.action, s.state, s.house, s."column", d.title, s.url AS permalink, o.licence, s.why,'
    " d.source AS _source, p.page AS _page, d.departments AS _departments FROM statements s"
    " JOIN documents d ON d.id = s.document JOIN sources o ON o.id = d.source"
    " JOIN passages p ON p.id = s.passage ORDER BY s.said_on, s.id",
)
TABLES = (
    Table(
        name="commitments",
        title="Every commitment, as it stands",
        columns={
            "id": "Public id, given once",
            "promise": "The promise in one line",
            "owner": "Who is to act",
            "status": "open, undated, overdue, delivered, delivered late, withdrawn or rejected",
            "firmness": "firm, conditional or aspirational, as last said",
            "timing": "The words that say when, as last said",
            "earliest": "First day on which it could be kept",
            "latest": "Last day before it is overdue; empty where vague",
            "first_latest": "The first deadline that it ever had",
            "slipped_days": "Days from the first deadline to the present one",
            "first_said": "Day on which it was first said",
            "last_said": "Day on which it was last said",
            "times_said": "How many statements tell of it",
            "undated_days": "Days since it was first said, where it has no date: how a vague promise ages",
            "has_evidence": "1 where a source says that it was done",
            "is_reviewed": "1 where a person decided something about it",
            "delivered_on": "Day of delivery, by a person's decision",
            "recommendations": "Recommendations that it is about",
            "topics": "Topics",
            "permalink": "Address of the words last said",
            "licence": "Licence of the words",
        },
        query="SELECT c.id, c.promise, c.owner, c.status, c.firmness, c.timing, c.earliest, c.latest, c.first_latest,"
        " c.slipped_days, c.first_said, c.last_said, c.times_said,"
        " iif(c.status = 'undated', CAST(julianday((SELECT value FROM facts WHERE name = 'as_of'))"
        " - julianday(c.first_said) AS INTEGER), NULL) AS undated_days, c.has_evidence, c.is_reviewed, c.delivered_on,"
        " (SELECT group_concat(recommendation, ' ') FROM (SELECT recommendation FROM commitment_recommendations"
        " WHERE commitment = c.id ORDER BY 1)) AS recommendations,"
        " (SELECT group_concat(topic, ' ') FROM (SELECT topic FROM commitment_topics WHERE commitment = c.id"
        " ORDER BY 1)) AS topics, s.url AS permalink, o.licence FROM commitments c"
        " JOIN statements s ON s.id = (SELECT id FROM statements WHERE commitment = c.id"
        " ORDER BY said_on DESC, id LIMIT 1)"
        " JOIN documents d ON d.id = s.document JOIN sources o ON o.id = d.source"
        " WHERE c.joined_into IS NULL ORDER BY c.number",
    ),
    STATEMENTS,
    Table(
        name="deliveries",
        title="Every statement that a thing has been done: evidence, not a verdict",
        columns={
            "id": "Stable id",
            "commitment": "Commitment that it is evidence of, where one was found",
            "quote": "Exact words",
            "said_on": "Day on which it was said",
            "speaker": "Speaker as printed",
            "reason": "Why it was matched with the commitment",
            "title": "Title of the document",
            "permalink": "Address of the words",
            "licence": "Licence of the words",
        },
        query="SELECT y.id, y.commitment, y.quote, y.said_on, y.speaker, y.reason, d.title, y.url AS permalink,"
        " o.licence FROM deliveries y JOIN documents d ON d.id = y.document JOIN sources o ON o.id = d.source"
        " ORDER BY y.said_on, y.id",
    ),
    Table(
        name="events",
        title="What happened to each commitment",
        columns={
            "id": "Stable id: the same fact is the same event",
            "commitment": "Public id of the commitment",
            "kind": "said, restated, slipped, brought forward, softened, hardened, evidence, ...",
            "happened_on": "Day",
            "old_latest": "Deadline before",
            "new_latest": "Deadline after",
            "days": "New deadline less old, in days",
            "quote_before": "Exact words before",
            "quote_after": "Exact words after",
            "summary": "In a sentence",
            "permalink": "Address of the words",
            "licence": "Licence of the words",
        },
        query="SELECT e.id, e.commitment, e.kind, e.happened_on, e.old_latest, e.new_latest, e.days, e.quote_before,"
        " e.quote_after, e.summary, coalesce(s.url, y.url, d.url) AS permalink, o.licence FROM events e"
        # a review has no words of a source: its commitment's last ones stand for them
        " LEFT JOIN statements s ON s.id = coalesce(e.statement, iif(e.kind = 'reviewed', (SELECT id FROM statements l"
        " WHERE l.commitment = e.commitment ORDER BY said_on DESC, id LIMIT 1), NULL))"
        " LEFT JOIN deliveries y ON y.id = e.delivery LEFT JOIN documents d"
        " ON d.id = coalesce(e.document, s.document, y.document) LEFT JOIN sources o ON o.id = d.source"
        " ORDER BY e.happened_on, e.id",
    ),
    Table(
        name="recommendations",
        title="Recommendations of inquiries and reviews, with the commitments linked to each",
        columns={
            "id": "Set and number",
            "title": "Short title, in our own words",
            "summary": "Summary, in our own words",
            "responsible": "Whose it is",
            "position": "The Government's position as last stated in the register, or not answered",
            "commitments": "Public ids of linked commitments",
            "last_said": "Day of the last word on it",
            "next_date": "Next deadline of a linked commitment that is still to come or is overdue",
            "permalink": "Address of the report",
            "licence": "Licence of the words",
        },
        query="SELECT r.id, r.title, r.summary, r.responsible, coalesce((SELECT p.position FROM positions p WHERE"
        " p.recommendation IN (r.id, r.\"set\" || '/*') ORDER BY p.said_on DESC, p.recommendation LIKE '%/*', p.start"
        " LIMIT 1), 'not answered') AS position,"
        " (SELECT group_concat(commitment, ' ') FROM (SELECT DISTINCT c.commitment FROM commitment_recommendations c"
        " JOIN commitments m ON m.id = c.commitment AND m.joined_into IS NULL"
        " WHERE c.recommendation IN (r.id, r.\"set\" || '/*') ORDER BY m.number)) AS commitments,"
        " (SELECT max(m.last_said) FROM commitment_recommendations c JOIN commitments m ON m.id = c.commitment"
        " WHERE c.recommendation IN (r.id, r.\"set\" || '/*')) AS last_said,"
        " (SELECT min(m.latest) FROM commitment_recommendations c JOIN commitments m ON m.id = c.commitment"
        " AND m.joined_into IS NULL AND m.status IN ('open', 'overdue')"
        " WHERE c.recommendation IN (r.id, r.\"set\" || '/*')) AS next_date,"
        " t.url AS permalink, 'MIT' AS licence FROM recommendations r JOIN recommendation_sets t ON t.id = r.\"set\""
        ' ORDER BY r."set", r.position',
    ),
    Table(
        name="positions",
        title="What the Government said of a recommendation: accepted, in part, in principle, rejected",
        columns={
            "id": "Recommendation, day and place of the words",
            "recommendation": "Set and number; set/* for all of a set",
            "position": "accepted, accepted in part, accepted in principle or rejected",
            "quote": "Exact words",
            "said_on": "Day on which it was said",
            "title": "Title of the document",
            "permalink": "Address of the words",
            "licence": "Licence of the words",
        },
        query="SELECT p.recommendation || ' ' || p.said_on || ' ' || p.document || ' ' || a.key || ' ' || p.start"
        " AS id, p.recommendation, p.position, p.quote, p.said_on, d.title, p.url AS permalink, o.licence"
        " FROM positions p JOIN passages a ON a.id = p.passage JOIN documents d ON d.id = p.document"
        " JOIN sources o ON o.id = d.source"
        " ORDER BY p.recommendation, p.said_on, p.document, a.key, p.start",
    ),
    Table(
        name="documents",
        title="Every document on the subject that was read",
        columns={
            "id": "Stable id: source and the source's own id",
            "kind": "Kind of document",
            "title": "Title",
            "published": "Sitting day, day of answer or first publication",
            "house": "House",
            "state": "current, holding, unanswered, corrected, withdrawn, gone or redirected",
            "permalink": "Address",
            "licence": "Licence of the words",
        },
        query="SELECT d.id, d.kind, d.title, d.published, d.house, d.state, d.url AS permalink, o.licence"
        " FROM documents d JOIN sources o ON o.id = d.source WHERE d.is_relevant = 1 ORDER BY d.published, d.id",
    ),
    Table(
        name="coverage",
        title="What was asked for and what came of it: the gaps as well",
        columns={
            "id": "Source and what was asked of it",
            "source": "Source",
            "scope": "Day, page of listing or search",
            "house": "House, where one was asked about",
            "day": "Day that was asked about, where it is one",
            "state": "collected, empty, empty by calendar, failed or pending",
            "asked_at": "Instant of the last asking, UTC",
            "found": "Documents found",
            "note": "What went wrong",
            "permalink": "Address of the source",
            "licence": "Licence of this row, which is our own",
        },
        query="SELECT c.source || ' ' || c.scope AS id, c.source, c.scope, c.house, c.day, c.state, c.asked_at,"
        " c.found, c.note,"
        " o.url AS permalink, 'MIT' AS licence FROM coverage c JOIN sources o ON o.id = c.source"
        " ORDER BY c.day IS NULL, c.day, c.source, c.scope",
    ),
)
