CREATE TABLE bodies (
    hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
    body BLOB NOT NULL,
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0)
) STRICT;

CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    hash TEXT NOT NULL REFERENCES bodies (hash),
    etag TEXT,
    last_modified TEXT,
    content_type TEXT,
    checked_at TEXT NOT NULL,
    UNIQUE (source, url, fetched_at)
) STRICT;

CREATE INDEX answers_by_url ON answers (url, fetched_at);

CREATE TABLE headers (
    answer INTEGER PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE,
    headers TEXT NOT NULL
) STRICT;

CREATE TABLE asks (
    source TEXT NOT NULL,
    scope TEXT NOT NULL,
    house TEXT,
    day TEXT,
    state TEXT NOT NULL CHECK (state IN ('collected', 'empty', 'failed', 'pending')),
    asked_at TEXT NOT NULL,
    found INTEGER NOT NULL DEFAULT 0,
    note TEXT,
    PRIMARY KEY (source, scope)
) STRICT;

CREATE TABLE crawls (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT CHECK (outcome IN ('good', 'failed', 'killed')),
    counts TEXT NOT NULL DEFAULT '{}',
    note TEXT
) STRICT;

CREATE TABLE reviews (
    id TEXT PRIMARY KEY,
    decision TEXT NOT NULL CHECK (decision IN
        ('confirm', 'reject', 'delivered', 'withdraw', 'correct', 'join', 'split', 'link', 'unlink', 'undo')),
    commitment TEXT,
    statement TEXT,
    quote TEXT,
    field TEXT,
    value TEXT,
    evidence TEXT,
    reviewer TEXT NOT NULL CHECK (length(reviewer) BETWEEN 1 AND 80),
    made_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    undoes TEXT REFERENCES reviews (id),
    other TEXT
) STRICT;

CREATE TABLE numbers (
    statement TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    document TEXT NOT NULL,
    passage_key TEXT NOT NULL,
    quote TEXT NOT NULL,
    given_at TEXT NOT NULL
) STRICT;

CREATE INDEX numbers_by_passage ON numbers (document, passage_key);

CREATE TABLE readings (
    statement TEXT NOT NULL,
    turn INTEGER NOT NULL CHECK (turn >= 0),
    calendar_version TEXT NOT NULL,
    earliest TEXT,
    latest TEXT,
    read_on TEXT,
    PRIMARY KEY (statement, turn)
) STRICT;
