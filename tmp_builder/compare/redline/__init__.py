"""Two assembled documents as one with marks: aligned by clause, then by words."""

from tmp_builder.compare.redline.whole import redline

__all__ = ["redline"]
