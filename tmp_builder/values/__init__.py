"""Typed values: what a parameter may hold, how it is parsed, and how each language says it."""

from tmp_builder.values.kinds import KINDS, Choice, Column, Kind, Spec
from tmp_builder.values.parse import Misfit, Money, out_of_range, parse
from tmp_builder.values.say import Names, brief, say

__all__ = ["KINDS", "Choice", "Column", "Kind", "Misfit", "Money", "Names", "Spec", "brief", "out_of_range", "parse", "say"]
