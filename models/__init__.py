"""What is: plain SQLAlchemy tables that know nothing of the web.

All modules here are loaded together, since tables name one another.
"""

from importlib import import_module
from pkgutil import iter_modules

from models.base import Base

for _found in iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")
