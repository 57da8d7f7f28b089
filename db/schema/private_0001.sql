CREATE TABLE subscribers (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    name TEXT,
    state TEXT NOT NULL CHECK (state IN ('unconfirmed', 'active', 'paused', 'bouncing')),
    frequency TEXT NOT NULL CHECK (frequency IN ('daily', 'weekly', 'monthly')),
    wants_empty INTEGER NOT NULL DEFAULT 0 CHECK (wants_empty IN (0, 1)),
    link_key INTEGER NOT NULL,
    bounces INTEGER NOT NULL DEFAULT 0 CHECK (bounces >= 0),
    bounced_at TEXT,
    joined_at TEXT NOT NULL,
    asked_at TEXT,
    confirmed_at TEXT,
    told_to TEXT,
    last_digest_at TEXT
) STRICT;

CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY,
    subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('everything', 'topic', 'department', 'recommendation set', 'change', 'search')),
    value TEXT NOT NULL,
    UNIQUE (subscriber, kind, value)
) STRICT;

CREATE TABLE mails (
    message_id TEXT PRIMARY KEY,
    subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    told_to TEXT NOT NULL,
    content BLOB,
    written_at TEXT NOT NULL,
    handed_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    closed_at TEXT,
    outcome TEXT CHECK (outcome IN ('sent', 'refused', 'unknown')),
    note TEXT
) STRICT;

CREATE INDEX mails_by_subscriber ON mails (subscriber);
CREATE INDEX mails_open ON mails (closed_at) WHERE closed_at IS NULL;

CREATE TABLE sends (
    subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    mail TEXT NOT NULL REFERENCES mails (message_id) ON DELETE CASCADE,
    written_at TEXT NOT NULL,
    closed_at TEXT,
    PRIMARY KEY (subscriber, event)
) STRICT;

CREATE INDEX sends_by_mail ON sends (mail);

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
