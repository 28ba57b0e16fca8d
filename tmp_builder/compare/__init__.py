"""What differs between plans: choices first, then values, parties, registers and words; findings and dates with their cause."""

from tmp_builder.compare.changes import Change, DateMove, FindingChange, PlanChanges, Version, Weight
from tmp_builder.compare.plans import compare_plans

__all__ = ["Change", "DateMove", "FindingChange", "PlanChanges", "Version", "Weight", "compare_plans"]
