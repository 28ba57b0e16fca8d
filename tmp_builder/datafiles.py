"""Where the clause library and the templates lie: inside the wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path


def data_folder(name: str) -> Path:
    """The folder `name` (`clauses` or `templates`) that came with this installation.

    In a wheel the folders lie in `tmp_builder/data/`; in a checkout and an editable install beside the package.
    """
    packaged = Path(__file__).parent / "data" / name
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / name
