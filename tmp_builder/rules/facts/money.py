"""Amounts of money of members: contributions, sums in one currency, how messages say them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tmp_builder.language import LANGUAGES
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member
from tmp_builder.values import Money, Spec, say


def contribution(member: Member) -> Money | None:
    """What a member contributes, in cash and in kind; None while neither is entered, or where they stand in two currencies.

    One of the two alone is the whole contribution: members write down what they bring.
    """
    given = [amount for amount in (member.cells.get("cash"), member.cells.get("inkind")) if isinstance(amount, Money)]
    return total(given) if given else None


def total(amounts: Iterable[Money | None]) -> Money | None:
    """The sum of amounts in one currency; None where one is not known, where currencies differ, or where there is no amount."""
    known = list(amounts)
    if not known or any(amount is None for amount in known) or len({amount.currency for amount in known if amount}) > 1:
        return None
    return Money(
        sum((amount.amount for amount in known if amount), Decimal(0)), next(amount.currency for amount in known if amount)
    )


def said(amount: Money) -> Labels:
    """USD 1,000,000; 1,000,000美元."""
    return {language: say(Spec("money"), amount, language, _Nobody()) for language in LANGUAGES}


class _Nobody:
    """Amounts need no names."""

    def party(self, ident: str, language: str) -> str | None:
        return None

    def territory(self, code: str, language: str) -> str | None:
        return None
