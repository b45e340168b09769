"""What is built holds all that runs, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.frame.tree import PACKAGES, ROOT, tracked


def test_a_wheel_holds_every_file_of_the_packages_and_no_other(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        written = "\n".join(
            archive.read(name).decode() for name in archive.namelist() if "entry_points" in name
        )
    ours = {path.relative_to(ROOT).as_posix() for path in tracked()}
    assert names == {name for name in ours if name.split("/")[0] in PACKAGES}
    assert "ontherecord = bot.cli:main" in written
