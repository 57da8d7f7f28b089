CREATE TABLE subscribers (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    name TEXT,
    state TEXT NOT NULL CHECK (state IN ('unconfirmed', 'active', 'paused', 'bouncing')),
    frequency TEXT NOT NULL CHECK (frequency IN ('daily', 'weekly', 'monthly')),
    wants_empty INTEGER NOT NULL DEFAULT 0 CHECK (wants_empty IN (0, 1)),
    token_version INTEGER NOT NULL DEFAULT 1,
    bounces INTEGER NOT NULL DEFAULT 0,
    joined_at TEXT NOT NULL,
    confirmed_at TEXT,
    last_digest_at TEXT
) STRICT;

CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY,
    subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('everything', 'topic', 'department', 'recommendation set', 'change', 'search')),
    value TEXT NOT NULL,
    UNIQUE (subscriber, kind, value)
) STRICT;

CREATE TABLE sends (
    subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    digest TEXT NOT NULL,
    written_at TEXT NOT NULL,
    closed_at TEXT,
    outcome TEXT CHECK (outcome IN ('sent', 'refused', 'unknown')),
    PRIMARY KEY (subscriber, event)
) STRICT;

CREATE TABLE mails (
    message_id TEXT PRIMARY KEY,
    subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    written_at TEXT NOT NULL,
    closed_at TEXT,
    outcome TEXT CHECK (outcome IN ('sent', 'refused', 'unknown')),
    note TEXT
) STRICT;

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
