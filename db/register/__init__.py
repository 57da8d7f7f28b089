"""The register: documents, statements, commitments, and what is known of their sources."""
