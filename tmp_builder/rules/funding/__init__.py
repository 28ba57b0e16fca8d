"""FUN: the clauses and the shares that public money asks for."""
