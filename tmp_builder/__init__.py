"""tmp-builder: IP Technology Management Plans, assembled from a bilingual clause library."""

__version__ = "0.1.0"
