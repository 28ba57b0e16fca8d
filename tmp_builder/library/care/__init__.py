"""The care of a clause library: what a reader of every card would look for, as checks with a code each."""

from tmp_builder.library.care.catalogue import CHECKS, Check, catalogue, look_after
from tmp_builder.library.care.shelf import Shelf

__all__ = ["CHECKS", "Check", "Shelf", "catalogue", "look_after"]
