"""Copies what pages use from node_modules to static/vendor, named by content, with a manifest."""

import hashlib
import json
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
FILES = {
    "tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.rtl.css": "@tabler/core/dist/css/tabler.rtl.min.css",
    "htmx.js": "htmx.org/dist/htmx.min.js",
}


def main() -> None:
    """Write the files and the manifest afresh."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    content = {name: (ROOT / "node_modules" / path).read_bytes() for name, path in FILES.items()}
    # Source maps are not shipped; naming them would be a dead link.
    content = {
        name: re.sub(rb"/\*# sourceMapping.*?\*/|//# sourceMapping\S*", b"", text)
        for name, text in content.items()
    }
    manifest = {}
    for name, text in content.items():
        stem, _, end = name.rpartition(".")
        manifest[name] = f"vendor/{stem}-{hashlib.sha256(text).hexdigest()[:12]}.{end}"
        (VENDOR.parent / manifest[name]).write_bytes(text)
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=1))


if __name__ == "__main__":
    main()
