"""STR: what the cards ask of a plan, what its text must hold, and when it may be released."""
