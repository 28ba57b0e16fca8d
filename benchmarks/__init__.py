"""How fast the program is, beside other programs that do a part of the same: run with `make bench` or `make bench-full`."""
