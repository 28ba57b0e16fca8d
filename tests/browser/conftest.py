"""Pages of the two drafts, of 168 members and of a history, written once for all tests."""

from __future__ import annotations

import pytest

from tests.unit.compare.conftest import NEW, OLD, told, version
from tests.unit.compare.test_matrix import found, members
from tmp_builder.compare import compare_plans
from tmp_builder.compare.page import diff_page, matrix_page
from tmp_builder.writers.html.report import write


@pytest.fixture(scope="session")
def diff() -> bytes:
    """The page of the two drafts with fourteen changes."""
    changes = compare_plans(version(OLD), version(NEW))
    return write(diff_page(changes, "en", shown=("old.plan.yaml", "new.plan.yaml"), clauses=told(changes)))


@pytest.fixture(scope="session")
def matrix() -> bytes:
    """The page of 168 plans of which five are outliers."""
    return write(matrix_page(found(members()), "en"))
