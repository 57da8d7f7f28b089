"""How things look: wording, drawings, feeds, calendars, citations, differences. Reads nothing, stores nothing."""
