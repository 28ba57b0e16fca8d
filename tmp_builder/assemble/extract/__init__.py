"""The extract of one member: on one page who it is in the plan, its next dates, its rights, its duties, and what starts a period."""

from tmp_builder.assemble.extract.page import extract

__all__ = ["extract"]
