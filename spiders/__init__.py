"""Fetches and reads the upstream sources: one file a source, a spider that asks and functions that read."""
