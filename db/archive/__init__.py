"""The archive: every upstream answer as it came."""
