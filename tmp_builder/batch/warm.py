"""What every worker needs, imported once before the workers are made; an engine that is missing is reported by the job that needs it."""

import contextlib

import tmp_builder.batch.papers
import tmp_builder.plan.files
import tmp_builder.writers.docx.package
import tmp_builder.writers.html.page
from tmp_builder.errors import EngineError
from tmp_builder.writers.pdf.engine import _configuration

with contextlib.suppress(EngineError):
    _configuration()

__all__ = ["tmp_builder"]
