"""Batches: a table of members becomes a set of papers for each of them, in parallel, resumed where it stopped, with a proof of it."""
