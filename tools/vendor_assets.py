"""Copies what pages use from node_modules to static/vendor, named by content, with a manifest.

Of the library's style sheet only the rules that pages use (`tools.used_css`): run it anew after a
template has begun to use a class of the library. `tests/architecture/test_style_sheets.py` tells.
"""

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import quote

from tools.used_css import of_sources, used

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


def contents() -> dict[str, bytes]:
    """What is served, by plain name."""
    content = {name: (ROOT / "node_modules" / path).read_bytes() for name, path in FILES.items()}
    # Source maps are not shipped; naming them would be a dead link.
    content = {
        name: re.sub(rb"/\*# sourceMapping.*?\*/|//# sourceMapping\S*", b"", text)
        for name, text in content.items()
    }
    words = of_sources()
    own = "".join(path.read_text() for path in sorted(VENDOR.parent.glob("*.css")))
    for name in (name for name in FILES if name.endswith(".css")):
        content[name] = used(content[name].decode(), words, own).encode()
    return {**content, "icons.css": icons()}


def main() -> None:
    """Write the files and the manifest where they have changed, and remove what is of none."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    manifest, files = {}, {}
    for name, text in contents().items():
        stem, _, end = name.rpartition(".")
        file = f"{stem}-{hashlib.sha256(text).hexdigest()[:12]}.{end}"
        manifest[name], files[file] = f"vendor/{file}", text
    files["manifest.json"] = json.dumps(manifest, indent=1).encode()
    for file, text in files.items():
        path = VENDOR / file
        if not path.exists() or path.read_bytes() != text:
            path.write_bytes(text)
    for path in VENDOR.iterdir():
        if path.name not in files:
            path.unlink()


if __name__ == "__main__":
    main()
