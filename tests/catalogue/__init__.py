"""One entry per noun, and no other list of nouns."""
