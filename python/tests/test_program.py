"""What the program calls itself in the command lines that it prints."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from compnn import _program

BIN = Path(__file__).resolve().parents[2] / "bin"


def called(launcher, **environment):
    done = subprocess.run(
        ["/bin/bash", "-c", '. "$1/run-java"; called "$2"; printf %s "$called"', "bash", str(BIN), launcher],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={"PATH": str(BIN), **environment},
    )
    return done.stdout


@pytest.mark.parametrize(
    "launcher, name",
    [
        ("bin/compnn", "bin/compnn"),
        (str(BIN / "compnn"), "compnn"),
        ("/an image/bin/compnn", "/an\\ image/bin/compnn"),
    ],
)
def test_a_launcher_is_called_as_it_was_started(launcher, name):
    assert called(launcher) == name


def test_who_starts_it_for_others_says_how():
    assert called("/venv/image/bin/compnn", COMPNN_CALLED="python -m compnn") == "python -m compnn"


def test_the_package_is_called_as_it_was_started(monkeypatch, tmp_path):
    script = tmp_path / "compnn"
    script.touch(0o755)
    python = tmp_path / "python"
    python.touch(0o755)
    monkeypatch.setattr(sys, "executable", str(python))

    monkeypatch.setenv("PATH", "/nowhere")
    assert _program._called(str(script)) == str(script)
    assert _program._called("/of/compnn/__main__.py") == f"{python} -m compnn"
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), "/nowhere"]))
    assert _program._called(str(script)) == "compnn"
    assert _program._called("/of/compnn/__main__.py") == "python -m compnn"
