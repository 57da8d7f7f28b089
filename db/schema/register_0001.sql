CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    licence TEXT NOT NULL,
    attribution TEXT NOT NULL,
    url TEXT NOT NULL
) STRICT;

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    house TEXT,
    party TEXT
) STRICT;

CREATE TABLE posts (
    person TEXT NOT NULL REFERENCES people (id),
    title TEXT NOT NULL,
    department TEXT,
    start TEXT NOT NULL,
    "end" TEXT,
    PRIMARY KEY (person, title, start)
) STRICT;

CREATE TABLE sitting_days (
    house TEXT NOT NULL CHECK (house IN ('Commons', 'Lords')),
    day TEXT NOT NULL,
    source TEXT NOT NULL,
    asked TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (house, day)
) STRICT;

CREATE TABLE recesses (
    house TEXT NOT NULL CHECK (house IN ('Commons', 'Lords')),
    name TEXT NOT NULL,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL,
    asked TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (house, start)
) STRICT;
CREATE INDEX sitting_days_by_asked ON sitting_days (asked);
CREATE INDEX recesses_by_asked ON recesses (asked);

CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    published TEXT,
    house TEXT,
    departments TEXT NOT NULL DEFAULT '[]',
    state TEXT NOT NULL CHECK (state IN
        ('current', 'holding', 'unanswered', 'corrected', 'withdrawn', 'gone', 'redirected')),
    state_note TEXT,
    is_history INTEGER NOT NULL DEFAULT 0 CHECK (is_history IN (0, 1)),
    is_relevant INTEGER NOT NULL CHECK (is_relevant IN (0, 1)),
    dates TEXT NOT NULL DEFAULT '{}',
    attachments TEXT NOT NULL DEFAULT '[]',
    change_notes TEXT NOT NULL DEFAULT '[]',
    part_of TEXT,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    judged TEXT
) STRICT;

CREATE INDEX documents_by_published ON documents (published);

CREATE INDEX documents_by_source ON documents (source, is_relevant, published);

CREATE INDEX documents_by_part ON documents (part_of);

CREATE TABLE related_documents (
    document TEXT NOT NULL REFERENCES documents (id),
    related TEXT NOT NULL,
    PRIMARY KEY (document, related)
) STRICT;

CREATE TABLE listed_files (
    document TEXT NOT NULL REFERENCES documents (id),
    url TEXT NOT NULL,
    PRIMARY KEY (url, document)
) STRICT;

CREATE TABLE versions (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    updated_at TEXT,
    hash TEXT NOT NULL,
    answer_hash TEXT NOT NULL,
    answer_url TEXT NOT NULL,
    has_note INTEGER NOT NULL DEFAULT 0 CHECK (has_note IN (0, 1)),
    is_latest INTEGER NOT NULL CHECK (is_latest IN (0, 1)),
    UNIQUE (document, number)
) STRICT;

CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    version TEXT NOT NULL REFERENCES versions (id),
    document TEXT NOT NULL REFERENCES documents (id),
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    spoken_on TEXT,
    speaker TEXT,
    attribution TEXT,
    person TEXT REFERENCES people (id),
    post TEXT,
    department TEXT,
    is_government INTEGER CHECK (is_government IN (0, 1)),
    capacity_reason TEXT,
    is_inferred INTEGER NOT NULL DEFAULT 0 CHECK (is_inferred IN (0, 1)),
    house TEXT,
    "column" TEXT,
    timecode TEXT,
    page INTEGER,
    section TEXT,
    url TEXT,
    is_latest INTEGER NOT NULL CHECK (is_latest IN (0, 1)),
    UNIQUE (version, key)
) STRICT;

CREATE INDEX passages_by_document ON passages (document, is_latest, position);
CREATE INDEX passages_by_day ON passages (spoken_on);
CREATE INDEX passages_by_person ON passages (person);

CREATE TABLE topics (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL
) STRICT;

CREATE TABLE terms (
    id TEXT PRIMARY KEY,
    topic TEXT NOT NULL REFERENCES topics (id),
    phrases TEXT NOT NULL,
    note TEXT,
    vocabulary_version TEXT NOT NULL
) STRICT;

CREATE TABLE mentions (
    passage INTEGER NOT NULL REFERENCES passages (id),
    term TEXT NOT NULL REFERENCES terms (id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL CHECK ("end" > start),
    PRIMARY KEY (passage, start, term)
) STRICT;

CREATE INDEX mentions_by_term ON mentions (term);

CREATE TABLE commitments (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    promise TEXT NOT NULL,
    owner TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT,
    firmness TEXT NOT NULL CHECK (firmness IN ('firm', 'conditional', 'aspirational')),
    status TEXT NOT NULL CHECK (status IN
        ('open', 'undated', 'overdue', 'delivered', 'delivered late', 'withdrawn', 'rejected')),
    has_evidence INTEGER NOT NULL DEFAULT 0 CHECK (has_evidence IN (0, 1)),
    is_reviewed INTEGER NOT NULL DEFAULT 0 CHECK (is_reviewed IN (0, 1)),
    needs_look INTEGER NOT NULL DEFAULT 0 CHECK (needs_look IN (0, 1)),
    first_said TEXT NOT NULL,
    last_said TEXT NOT NULL,
    times_said INTEGER NOT NULL CHECK (times_said >= 1),
    timing TEXT,
    timing_kind TEXT,
    earliest TEXT,
    latest TEXT,
    precision TEXT,
    first_latest TEXT,
    slipped_days INTEGER NOT NULL DEFAULT 0,
    look_again TEXT,
    delivered_on TEXT,
    joined_into TEXT REFERENCES commitments (id),
    score REAL NOT NULL,
    sequence INTEGER NOT NULL DEFAULT 0
) STRICT;

-- each holds all that counting and sorting a list needs, so that only the rows of the page shown are fetched
CREATE INDEX commitments_counted ON commitments (joined_into, status);
CREATE INDEX commitments_by_latest ON commitments (latest, joined_into, status, number);
CREATE INDEX commitments_by_status ON commitments (status, joined_into, last_said, number, latest);
CREATE INDEX commitments_by_last_said ON commitments (last_said, number, joined_into, status);
CREATE INDEX commitments_by_owner ON commitments
    (owner, joined_into, status, last_said, number, latest, first_latest, slipped_days);
CREATE INDEX commitments_by_first_said ON commitments (first_said, joined_into, status);
CREATE INDEX commitments_by_delivery ON commitments (delivered_on, joined_into, status) WHERE delivered_on IS NOT NULL;
CREATE INDEX commitments_by_id ON commitments (id, joined_into, status, last_said, number, latest);
CREATE INDEX commitments_joined ON commitments (joined_into) WHERE joined_into IS NOT NULL;

CREATE TABLE statements (
    id TEXT PRIMARY KEY,
    commitment TEXT REFERENCES commitments (id),
    document TEXT NOT NULL REFERENCES documents (id),
    passage INTEGER NOT NULL REFERENCES passages (id),
    passage_key TEXT NOT NULL,
    quote TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    said_on TEXT NOT NULL,
    said_at TEXT,
    speaker TEXT,
    person TEXT REFERENCES people (id),
    post TEXT,
    house TEXT,
    "column" TEXT,
    url TEXT NOT NULL,
    owner TEXT NOT NULL,
    firmness TEXT NOT NULL CHECK (firmness IN ('firm', 'conditional', 'aspirational')),
    novelty TEXT NOT NULL CHECK (novelty IN ('new', 'restated')),
    action TEXT NOT NULL,
    object TEXT,
    timing TEXT,
    timing_start INTEGER,
    timing_kind TEXT,
    earliest TEXT,
    latest TEXT,
    precision TEXT,
    timing_rule TEXT,
    look_again TEXT,
    calendar_version TEXT,
    why TEXT NOT NULL,
    cues TEXT NOT NULL,
    score REAL NOT NULL,
    features TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('current', 'edited', 'withdrawn', 'gone')),
    first_seen_at TEXT NOT NULL,
    ended_at TEXT,
    replaces TEXT,
    nearby TEXT NOT NULL DEFAULT '',
    recommendations TEXT NOT NULL DEFAULT '[]',
    join_reason TEXT,
    CHECK (timing_kind <> 'vague' OR (earliest IS NULL AND latest IS NULL))
) STRICT;

CREATE INDEX statements_by_commitment ON statements (commitment, said_on);
CREATE INDEX statements_by_passage ON statements (passage);
CREATE INDEX statements_by_document ON statements (document);
CREATE INDEX statements_by_person ON statements (person, said_on);

CREATE TABLE possible_joins (
    statement TEXT NOT NULL REFERENCES statements (id),
    commitment TEXT NOT NULL REFERENCES commitments (id),
    reason TEXT NOT NULL,
    PRIMARY KEY (statement, commitment)
) STRICT;

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    passage INTEGER NOT NULL REFERENCES passages (id),
    quote TEXT NOT NULL,
    start INTEGER NOT NULL,
    said_on TEXT NOT NULL,
    speaker TEXT,
    url TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT,
    commitment TEXT REFERENCES commitments (id),
    reason TEXT,
    first_seen_at TEXT NOT NULL,
    nearby TEXT NOT NULL DEFAULT '',
    recommendations TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE INDEX deliveries_by_commitment ON deliveries (commitment);

CREATE TABLE commitment_topics (
    commitment TEXT NOT NULL REFERENCES commitments (id),
    topic TEXT NOT NULL REFERENCES topics (id),
    PRIMARY KEY (commitment, topic)
) STRICT;

CREATE INDEX commitment_topics_by_topic ON commitment_topics (topic, commitment);

CREATE TABLE recommendation_sets (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    published TEXT NOT NULL,
    url TEXT NOT NULL,
    is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1)),
    note TEXT
) STRICT;

CREATE TABLE recommendations (
    id TEXT PRIMARY KEY,
    "set" TEXT NOT NULL REFERENCES recommendation_sets (id),
    number TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    responsible TEXT NOT NULL
) STRICT;

CREATE TABLE commitment_recommendations (
    commitment TEXT NOT NULL REFERENCES commitments (id),
    recommendation TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (commitment, recommendation)
) STRICT;

CREATE INDEX commitment_recommendations_by_recommendation ON commitment_recommendations (recommendation, commitment);

CREATE TABLE positions (
    recommendation TEXT NOT NULL,
    position TEXT NOT NULL CHECK (position IN
        ('accepted', 'accepted in part', 'accepted in principle', 'rejected')),
    document TEXT NOT NULL REFERENCES documents (id),
    passage INTEGER NOT NULL REFERENCES passages (id),
    quote TEXT NOT NULL,
    start INTEGER NOT NULL,
    said_on TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (recommendation, passage, start)
) STRICT;

CREATE TABLE events (
    id TEXT PRIMARY KEY,
    commitment TEXT NOT NULL REFERENCES commitments (id),
    kind TEXT NOT NULL CHECK (kind IN
        ('said', 'restated', 'slipped', 'brought forward', 'softened', 'hardened', 'evidence',
         'due date passed', 'source edited', 'source withdrawn', 'reviewed', 'deadline recomputed')),
    happened_on TEXT NOT NULL,
    noticed_at TEXT NOT NULL,
    statement TEXT REFERENCES statements (id),
    previous_statement TEXT REFERENCES statements (id),
    delivery TEXT REFERENCES deliveries (id),
    document TEXT REFERENCES documents (id),
    review TEXT,
    quote_before TEXT,
    quote_after TEXT,
    old_latest TEXT,
    new_latest TEXT,
    days INTEGER,
    summary TEXT NOT NULL
) STRICT;

CREATE INDEX events_by_commitment ON events (commitment, happened_on);
CREATE INDEX events_by_noticed ON events (noticed_at, kind);
CREATE INDEX events_by_day ON events (happened_on, kind);

CREATE TABLE reviews (
    id TEXT PRIMARY KEY,
    decision TEXT NOT NULL,
    commitment TEXT,
    statement TEXT,
    field TEXT,
    value TEXT,
    evidence TEXT,
    reviewer TEXT NOT NULL,
    made_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    undoes TEXT,
    other TEXT,
    state TEXT NOT NULL CHECK (state IN ('applied', 'undone', 'no longer fits')),
    note TEXT
) STRICT;

CREATE TABLE coverage (
    source TEXT NOT NULL,
    scope TEXT NOT NULL,
    house TEXT,
    day TEXT,
    state TEXT NOT NULL CHECK (state IN ('collected', 'empty', 'empty by calendar', 'failed', 'pending')),
    asked_at TEXT,
    found INTEGER NOT NULL DEFAULT 0,
    note TEXT,
    PRIMARY KEY (source, scope)
) STRICT;

CREATE INDEX coverage_by_day ON coverage (day);

CREATE TABLE refusals (
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('source changed', 'kind not collected')),
    place TEXT NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (source, url)
) STRICT;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    source TEXT,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT CHECK (outcome IN ('good', 'failed')),
    counts TEXT NOT NULL DEFAULT '{}',
    note TEXT
) STRICT;

CREATE TABLE digests (
    id TEXT PRIMARY KEY,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    title TEXT NOT NULL,
    entries TEXT NOT NULL
) STRICT;

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE passages_fts USING fts5 (
    text, speaker, content='passages', content_rowid='id', tokenize='porter unicode61'
);

CREATE TRIGGER passages_fts_insert AFTER INSERT ON passages WHEN new.is_latest = 1 BEGIN
    INSERT INTO passages_fts (rowid, text, speaker) VALUES (new.id, new.text, new.speaker);
END;

CREATE TRIGGER passages_fts_delete AFTER DELETE ON passages WHEN old.is_latest = 1 BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, text, speaker)
    VALUES ('delete', old.id, old.text, old.speaker);
END;

CREATE TRIGGER passages_fts_retire AFTER UPDATE OF is_latest ON passages
WHEN old.is_latest = 1 AND new.is_latest = 0 BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, text, speaker)
    VALUES ('delete', old.id, old.text, old.speaker);
END;

CREATE VIRTUAL TABLE commitments_fts USING fts5 (
    promise, owner, content='commitments', content_rowid='number', tokenize='porter unicode61'
);

CREATE TRIGGER commitments_fts_insert AFTER INSERT ON commitments BEGIN
    INSERT INTO commitments_fts (rowid, promise, owner) VALUES (new.number, new.promise, new.owner);
END;

CREATE TRIGGER commitments_fts_delete AFTER DELETE ON commitments BEGIN
    INSERT INTO commitments_fts (commitments_fts, rowid, promise, owner)
    VALUES ('delete', old.number, old.promise, old.owner);
END;

CREATE TRIGGER commitments_fts_update AFTER UPDATE OF promise, owner ON commitments BEGIN
    INSERT INTO commitments_fts (commitments_fts, rowid, promise, owner)
    VALUES ('delete', old.number, old.promise, old.owner);
    INSERT INTO commitments_fts (rowid, promise, owner) VALUES (new.number, new.promise, new.owner);
END;
