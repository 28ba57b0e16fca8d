"""OWN: who owns Project IP, where, and what may leave its maker."""
