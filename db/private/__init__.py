"""What belongs to persons: subscribers, the ledger of mails, passwords. Never served."""
