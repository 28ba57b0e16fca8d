"""EQP: equipment at a host, and its retention windows."""
