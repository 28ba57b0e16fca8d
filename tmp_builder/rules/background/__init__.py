"""BIP: what counts as Background IP, and what others may do with it."""
