"""Writers: a document in, a file out. Each knows its format and nothing else of the program."""
