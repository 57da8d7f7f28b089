"""The ready files: each is well formed, and calls only commands that there are."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import click
import pytest
import yaml

from followthrough import cli

if TYPE_CHECKING:
    from pathlib import Path

CALLED = re.compile(
    r"(?:bin/followthrough|deploy/followthrough|`followthrough|\./run|^    followthrough) ([a-z]+)", re.MULTILINE
)


def test_systemd_takes_the_units(root: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("left out: no systemd-analyze on this machine")
    units = []
    for unit in sorted((root / "deploy" / "systemd").glob("*.[st][ei]*")):
        text = unit.read_text(encoding="utf-8")
        # the folder and the user of a real machine are not here
        text = re.sub(r"(?m)^(User|Group)=.*\n", "", text).replace(
            "/opt/followthrough/.venv/bin/followthrough", "/bin/true"
        )
        text = text.replace("/opt/followthrough/deploy/systemd/tell-failure", "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
        units.append(str(tmp_path / unit.name))
    result = subprocess.run([analyze, "verify", *units], capture_output=True, text=True, check=False)  # noqa: S603 -- systemd's own
    assert len(units) == 4
    assert (result.returncode, result.stderr.strip()) == (0, "")


def test_the_timer_means_monday_morning_in_london(root: Path) -> None:
    text = (root / "deploy" / "systemd" / "followthrough-weekly.timer").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^OnCalendar=(.*)$", text) == ["Mon *-*-* 06:30:00 Europe/London"]
    assert "Persistent=true" in text


def test_the_shell_script_has_no_fault_that_sh_sees(root: Path) -> None:
    script = root / "deploy" / "systemd" / "tell-failure"
    subprocess.run(["/bin/sh", "-n", str(script)], check=True)  # noqa: S603 -- our own
    assert script.stat().st_mode & 0o111


def test_a_failure_is_mailed_to_the_operator(root: Path, tmp_path: Path) -> None:
    sendmail = tmp_path / "sendmail"
    sendmail.write_text(f'#!/bin/sh\ncat > "{tmp_path}/sent"\n', encoding="utf-8")
    sendmail.chmod(0o755)
    script = root / "deploy" / "systemd" / "tell-failure"
    subprocess.run(  # noqa: S603 -- our own
        [str(script), "followthrough-weekly.service"],
        env={"PATH": "/usr/bin:/bin", "SENDMAIL": str(sendmail), "FOLLOWTHROUGH_OPERATOR": "operator@example.org"},
        check=True,
        capture_output=True,
    )
    sent = (tmp_path / "sent").read_text(encoding="utf-8")
    assert sent.startswith("To: operator@example.org\nSubject: Followthrough: followthrough-weekly.service failed on ")


def test_the_command_of_the_machine_takes_the_settings_of_its_services(root: Path, tmp_path: Path) -> None:
    settings = tmp_path / "followthrough.env"
    settings.write_text('FOLLOWTHROUGH_SITE="https://register.example.org"\nFOLLOWTHROUGH_SMTP_TLS=bad\n', "utf-8")
    program = tmp_path / ".venv" / "bin" / "followthrough"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$FOLLOWTHROUGH_DATA $FOLLOWTHROUGH_SITE $*"\n', "utf-8")
    program.chmod(0o755)
    text = (root / "deploy" / "followthrough").read_text(encoding="utf-8")
    places = {
        "/opt/followthrough": tmp_path,
        "/etc/followthrough.env": settings,
        "user=followthrough": f"user={pwd.getpwuid(os.geteuid()).pw_name}",
    }
    for there, here in places.items():
        assert text.count(there) == 1
        text = text.replace(there, str(here))
    called = ["/bin/sh", "-c", text, "followthrough", "digest", "preview"]
    done = subprocess.run(called, capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"})  # noqa: S603 -- our own
    assert done.stdout == "/var/lib/followthrough https://register.example.org digest preview\n"


def test_an_image_takes_in_no_database_and_no_settings(root: Path) -> None:
    left_out = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {"**/*.db", "**/*.db-*", "**/*.env", "**/settings.toml", "data", ".git"} <= set(left_out)


def test_the_workflow_and_the_containers_are_well_formed(root: Path) -> None:
    workflow = yaml.safe_load((root / "deploy" / "github" / "weekly.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["weekly"]["steps"]
    # YAML reads the key `on` as true
    assert workflow[True]["schedule"] == [{"cron": "30 6 * * 1"}]
    assert [step["run"] for step in steps if step.get("name") == "Run"] == ["./run weekly"]
    compose = yaml.safe_load((root / "deploy" / "compose.yml").read_text(encoding="utf-8"))
    assert {name: one["command"] for name, one in compose["services"].items()} == {
        "web": ["serve", "--public", "--host", "0.0.0.0"],  # noqa: S104 -- inside the container
        "weekly": ["weekly"],
    }
    assert (root / "deploy" / compose["services"]["web"]["build"]["context"]).resolve() == root.resolve()
    assert (root / compose["services"]["web"]["build"]["dockerfile"]).is_file()


def test_the_next_datasette_is_tried_by_a_job_that_may_fail(root: Path) -> None:
    jobs = yaml.safe_load((root / "deploy" / "github" / "checks.yml").read_text(encoding="utf-8"))["jobs"]
    told = {name: (job["steps"][-1]["run"], job.get("continue-on-error", False)) for name, job in jobs.items()}
    assert told == {"tests": ("./.ci/run", False), "datasette-next": ("./.ci/datasette-next", True)}
    assert all((root / run).is_file() for run, _ in told.values())


@pytest.mark.parametrize(
    "file",
    [
        "deploy/systemd/followthrough-weekly.service",
        "deploy/systemd/followthrough-web.service",
        "deploy/cron/followthrough",
        "deploy/github/weekly.yml",
        "docs/running.md",
    ],
)
def test_every_command_that_a_file_calls_is_there(root: Path, file: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(("#", "Description"))]
    called = set(CALLED.findall("\n".join(lines)))
    known = set(cli.list_commands(click.Context(cli)))
    assert called <= known
    assert called
