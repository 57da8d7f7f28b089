"""English and its names, nothing of promises: words, verbs, nouns, departments, stems, the terms of our subject."""
