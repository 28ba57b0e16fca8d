"""Files that come back: the recipe inside them, and the text of a Word file paragraph by paragraph."""
