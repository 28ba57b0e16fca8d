"""The columns of a register as specifications of values."""

from __future__ import annotations

from functools import lru_cache

from tmp_builder.library.schema import RegisterColumn
from tmp_builder.values import Choice, Spec

YES_NO = {"yes": {"en": "yes", "zh": "是"}, "no": {"en": "no", "zh": "否"}}
_KINDS = {"project": "text", "row": "text", "yes-no": "choice"}


def column_spec(column: RegisterColumn) -> Spec:
    """What a cell of this column may hold; a column with many values takes a list."""
    return _spec(column.kind, column.many, tuple((key, tuple(label.items())) for key, label in column.values.items()))


@lru_cache(maxsize=512)
def _spec(kind: str, many: bool, values: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> Spec:
    labels = {key: dict(pairs) for key, pairs in values} or (YES_NO if kind == "yes-no" else {})
    item = Spec(_KINDS.get(kind, kind), choices={key: Choice(label, label) for key, label in labels.items()})
    return Spec("list", of=item) if many else item
