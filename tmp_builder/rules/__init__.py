"""The rules: the catalogue, one small function a rule, and the run over a case."""

from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import RULES, Rule, check

__all__ = ["RULES", "Case", "Rule", "check"]
