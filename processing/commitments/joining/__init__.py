"""Which sayings are one promise."""
