"""The dates of a plan: what falls due when, by which rule, counted how, and who has to act."""

from tmp_builder.deadlines.catalogue import CATALOGUE, catalogue, current, deadlines
from tmp_builder.deadlines.schema import Deadline, Kind

__all__ = ["CATALOGUE", "Deadline", "Kind", "catalogue", "current", "deadlines"]
