"""CON: secrecy and publication."""
