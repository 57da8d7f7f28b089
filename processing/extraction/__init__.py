"""One passage: what it promises, what it says is done, and why we say so."""
