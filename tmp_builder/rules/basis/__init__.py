"""BAS: the legal basis of a plan."""
