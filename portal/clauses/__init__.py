"""The service for clauses: the library of words that a commitment can be started from."""

from portal.clauses.keeping import OFFICE_REF, add_clause, edit, restore, retire
from portal.clauses.library import Reading, listing, of_library, one, read, retired
from portal.clauses.text import ClauseText, text_of
