"""What visitors see in a walk over the canary world, as plain values."""

import re
from pathlib import Path
from typing import Any

from config import Settings
from tests.pages import Visitor

CANARY = re.compile(r"canary-[a-z]+(?:-\d+x)?")


def settings(url: str, folder: Path) -> Settings:
    """Settings of a portal that nobody signs in to through a provider."""
    return Settings(
        env="test",
        database_url=url,
        base_url="http://localhost",
        data_dir=folder,
        secret_key="a secret of the tests, long enough",
    )


def seen_by(visitor: Visitor, addresses: list[str]) -> dict[str, Any]:
    """The status of each address, and all canaries in its answer."""
    found: dict[str, Any] = {}
    for address in addresses:
        answer = visitor.client.get(address)
        text = answer.get_data().decode(errors="replace")
        found[address] = [answer.status_code, sorted(set(CANARY.findall(text)))]
        answer.close()
    return {"seen": found}
