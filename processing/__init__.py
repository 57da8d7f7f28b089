"""Reads, finds, dates, links and judges: records in, records out; no clock, network, SQL or global state."""
