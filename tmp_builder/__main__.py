"""`python -m tmp_builder` is the command `tmp`."""

from tmp_builder.cli import main

main()
