"""PAR: sides, leads, signatures, numbers and screening of members."""
