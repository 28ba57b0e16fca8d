"""DIS: the steps of a dispute, its end, and what holds meanwhile."""
