"""What leaves the databases: exports, backups."""
