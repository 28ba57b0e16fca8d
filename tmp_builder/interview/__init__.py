"""The interview: the order of questions, the moves between them, and the prompts that draw them."""
