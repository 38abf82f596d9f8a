"""The desk for search: one question over all nouns, asked only of what the person may see.

The word index proposes, the law disposes: READ_TEXT is part of the question itself, so that no
word, prefix, count or next page speaks of a text that is hidden. What a person types is never
syntax: it is cut into words, which are then looked for.
"""

from portal.search.finding import Found, Hit, Part, find
from portal.search.words import words_of

__all__ = ["Found", "Hit", "Part", "find", "words_of"]
