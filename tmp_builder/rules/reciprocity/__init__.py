"""REC: metrics of reciprocity and the registry of cooperation."""
