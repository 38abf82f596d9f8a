"""The service for search: one question over all nouns, asked only of what the person may see.

The word index proposes, the policy decides: READ_TEXT, or what else a noun's entry in the catalogue
names, is part of the question itself, as is the policy of each part that has readers of its own, so
that no word, prefix, count or next page speaks of a text that is hidden. What a person types is
never syntax: it is cut into words, which are then looked for.
"""

from portal.search.finding import Hit, Part, find
from portal.search.lists import hits_of, prepare_lists
from portal.search.references import reference_of
from portal.search.shown import SEARCHED
from portal.search.words import words_of
