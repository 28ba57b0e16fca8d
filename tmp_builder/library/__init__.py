"""The clause library: sections with slots, options with their cards, terms, schedules, sources and profiles."""
