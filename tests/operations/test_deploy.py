"""The files to copy for production: they name what there is, and say it so that it is read."""

import configparser
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from gunicorn.config import make_settings

from config import Unsafe, settings_from
from portal.headers import KEYED_ADDRESSES
from portal.version import VERSION
from tests.architecture.files import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
LINE = re.compile(r"([A-Z_]+)=(\S*)")


def environment() -> dict[str, str]:
    """The settings of the file, as systemd reads it: whole lines, no comment behind a value."""
    found: dict[str, str] = {}
    for line in (DEPLOY / "good-offices.env").read_text().splitlines():
        if line and not line.startswith("#"):
            match = LINE.fullmatch(line)
            assert match, line
            found[match[1]] = match[2]
    return found


def test_a_shell_reads_the_settings_as_systemd_does() -> None:
    names = " ".join(environment())
    script = f'set -a; . ./good-offices.env; for n in {names}; do eval "echo \\$n=\\$$n"; done'
    done = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=DEPLOY, capture_output=True, text=True, check=True
    )
    assert dict(line.split("=", 1) for line in done.stdout.splitlines()) == environment()


def test_the_settings_start_production_once_secrets_are_in(tmp_path: Path) -> None:
    given = environment() | {"PORTAL_DATA_DIR": str(tmp_path)}
    with pytest.raises(Unsafe, match="PORTAL_SECRET_KEY"):
        settings_from(given)
    keys = {
        name: f"{name} abcdefghijklmnopqrstuvwxyz 0123456789" for name in given if not given[name]
    }
    providers = tmp_path / "providers.toml"
    providers.write_text((DEPLOY / "providers.toml").read_text())
    settings = settings_from(given | keys | {"PORTAL_OIDC_FILE": str(providers)})
    assert settings.env == "production"
    assert settings.https


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_each_service_runs_what_there_is_with_few_rights(path: Path) -> None:
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # as configparser documents it
    unit.read(path)
    service = unit["Service"]
    for word in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "RestrictSUIDSGID"):
        assert service[word] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["UMask"] == "0077"
    assert service["EnvironmentFile"] == "/etc/good-offices/good-offices.env"
    assert service["User"] == "good-offices"
    assert re.search(
        r"/opt/good-offices/\.venv/bin/(flask --app wsgi|gunicorn wsgi:app)", service["ExecStart"]
    )
    if service.get("Type") == "oneshot":
        timer = path.with_suffix(".timer").read_text()
        assert "Persistent=yes" in timer
        assert "OnCalendar=" in timer


def test_gunicorn_knows_every_setting_and_loads_before_it_forks() -> None:
    known = make_settings()
    said: dict[str, object] = {}
    exec((ROOT / "gunicorn.conf.py").read_text(), said)
    mine = {name for name in said if not name.startswith("__")}
    assert mine <= known.keys()
    assert said["preload_app"] is True


def test_the_image_copies_what_there_is_and_does_not_run_as_root() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.M):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    assert "--require-hashes" in text
    assert re.search(r"^USER good-offices$", text, re.M)
    assert text.index("USER good-offices") > text.index("COPY . .")
    assert all(":" in image for image in re.findall(r"^FROM (\S+)", text, re.M)), "no latest"


def test_web_and_jobs_of_the_compose_file_wait_for_the_schema() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    assert set(services) == {"database", "schema", "web", "jobs"}
    for name in ("web", "jobs"):
        waits = services[name]["depends_on"]["schema"]["condition"]
        assert waits == "service_completed_successfully"
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]


def test_nginx_passes_what_the_portal_reads_and_hides_what_it_should() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    assert text.count("{") == text.count("}")
    for header in ("X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", "Host $host"):
        assert text.count(header) >= 2, header
    keyed, inside = re.findall(r"location ~ (\S+) \{(.*?)\}", text, re.DOTALL)[0]
    assert "access_log off;" in inside
    assert "error_log /dev/null emerg;" in inside, "each line of an error quotes the address"
    plain = text.split("listen 80;")[1].split("}")[0]
    assert "access_log off;" in plain
    assert "error_log /dev/null emerg;" in plain
    assert "proxy_pass http://127.0.0.1:8000;" in inside
    operations = (ROOT / "docs" / "operations.md").read_text()
    for address in KEYED_ADDRESSES:
        assert re.search(keyed, f"{address}a-key"), address
        assert f"`{address}`" in operations, address
    assert not re.search(keyed, "/contacts/C-26-7K3Q9M/answer"), "what is asked is worth a line"
    metrics = text.split("location = /metrics")[1].split("}")[0]
    assert "return 404;" in metrics


def test_the_version_is_the_same_everywhere() -> None:
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()
    done = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "python"), "-m", "portal", "--version"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == f"Good Offices {VERSION}\n"
