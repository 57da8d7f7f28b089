"""Finds and dates the words that say when: an own grammar as a table of rules, and the calendar it needs."""
