"""Copies what pages use from node_modules to static/vendor, named by content, with a manifest."""

import hashlib
import json
import re
import shutil
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
FILES = {
    "tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.rtl.css": "@tabler/core/dist/css/tabler.rtl.min.css",
    "htmx.js": "htmx.org/dist/htmx.min.js",
}
ICONS = (
    "calendar3",
    "chevron-left",
    "chevron-right",
    "list",
    "printer",
    "search",
)


def icons() -> bytes:
    """The icons in use as classes: each a shape that `.go-icon` (static/shell.css) fills."""
    rules = []
    for name in ICONS:
        text = (ROOT / "node_modules/bootstrap-icons/icons" / f"{name}.svg").read_text()
        body = re.sub(r"</?svg[^>]*>", "", text).strip()
        shape = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{body}</svg>'
        address = f"data:image/svg+xml,{quote(shape, safe=chr(39) + ' /:=,-')}"
        rules.append(f'.go-icon-{name}{{--go-icon:url("{address}")}}')
    return "\n".join(rules).encode()


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
    content["icons.css"] = icons()
    manifest = {}
    for name, text in content.items():
        stem, _, end = name.rpartition(".")
        manifest[name] = f"vendor/{stem}-{hashlib.sha256(text).hexdigest()[:12]}.{end}"
        (VENDOR.parent / manifest[name]).write_bytes(text)
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=1))


if __name__ == "__main__":
    main()
