CREATE TABLE delivery_reports (
    id TEXT PRIMARY KEY,
    counted_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
