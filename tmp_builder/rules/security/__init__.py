"""SEC: technology tiers, export law, reviews."""
