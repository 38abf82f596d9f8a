"""Files that a start keeps for the next one, beside Python's own compiled modules.

They lie under `__pycache__` of the portal's code and are trusted as those modules are: whoever may
write there may change the code itself.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

PORTAL: Final = Path(__file__).parent
FOLDER: Final = PORTAL / "__pycache__"


def keep(place: Path, content: bytes, others: str) -> None:
    """Keep a file as a whole, and remove the `others` of its folder that this pattern names.

    Nothing is kept where Python keeps no compiled modules, or where nothing may be written.
    """
    if sys.dont_write_bytecode:
        return
    try:
        place.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=place.parent, delete=False) as file:
            file.write(content)
        os.chmod(file.name, 0o644)  # as compiled modules: whoever serves need not have made it
        os.replace(file.name, place)
        for other in place.parent.glob(others):
            if other != place:
                other.unlink(missing_ok=True)
    except OSError:
        return
