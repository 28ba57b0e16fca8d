"""COM: competition law."""
