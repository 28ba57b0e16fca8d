"""Word files from elsewhere: two texts held side by side, and what a returned file means for the plan it came from."""

from tmp_builder.compare.foreign.texts import TextChange, TextChanges, compare_texts

__all__ = ["TextChange", "TextChanges", "compare_texts"]
