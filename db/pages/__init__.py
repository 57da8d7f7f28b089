"""What each page shows, read from the register. Reads only."""
