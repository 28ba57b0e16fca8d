"""Which sections an agreement from elsewhere seems to have: its parts, the words that name and fill each, and how sure that is."""

from tmp_builder.recognise.sections import Recognised, Sure, recognise

__all__ = ["Recognised", "Sure", "recognise"]
