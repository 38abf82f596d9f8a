"""What a connection to SQLite keeps beside its plans is little (decision 0032)."""

from pathlib import Path

from portal.db import make_engine

MOST_PAGES = 2_000  # KiB of the file's pages; the system keeps them as well


def test_a_connection_keeps_few_pages_and_its_lists_in_memory(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/some.db")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA cache_size").scalar_one() == -MOST_PAGES
        assert connection.exec_driver_sql("PRAGMA temp_store").scalar_one() == 2, "in memory"
    engine.dispose()
