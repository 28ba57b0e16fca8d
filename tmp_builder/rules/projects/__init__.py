"""PRJ: when projects may start, and what each must have."""
