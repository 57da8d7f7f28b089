"""The archive and the register in SQLite: the only place with SQL."""
