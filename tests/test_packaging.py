"""What ``pip install .`` gives: the whole product, with templates, vocabularies, records, styles and migrations."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("corpus", "ingest", "index", "webapp", "cli")


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_rooms(tmp_path: Path) -> None:
    """Nothing that is tracked in a room is left out of the wheel, and nothing else comes in."""
    checkout = tmp_path / "checkout"  # a build in the checkout itself would leave a folder that hides deleted records
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(checkout)], check=True)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(tmp_path)]
    subprocess.run([*build, str(checkout)], check=True)
    (wheel,) = tmp_path.glob("fingerpost-*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    listed = subprocess.run(["git", "ls-files", "--", *ROOMS], cwd=checkout, capture_output=True, text=True, check=True)
    tracked = set(listed.stdout.split("\n")) - {""}
    assert tracked
    assert tracked - packed == set()
    assert packed - tracked == set()
