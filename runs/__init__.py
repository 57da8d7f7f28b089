"""What a run does, step by step: read the archive, judge the passages, derive the register."""
