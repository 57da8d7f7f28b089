"""Composes and sends the mail of what is new, restated, slipped, overdue or done."""
