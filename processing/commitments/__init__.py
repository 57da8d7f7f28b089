"""From sayings to commitments: what became of each, what happened to it, what people decided."""
