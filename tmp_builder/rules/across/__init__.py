"""Rules across plans: what the plans of one project's members must not contradict each other in."""

from tmp_builder.rules.across.plans import Held
from tmp_builder.rules.across.run import Shared, check_across

__all__ = ["Held", "Shared", "check_across"]
