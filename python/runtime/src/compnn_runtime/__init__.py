"""The program behind ``compnn``: where it lies, and nothing else."""

import os
from pathlib import Path

_IMAGE = Path(__file__).resolve().parent / "image"

# The date that the ahead-of-time caches note for every jar, 2026-01-01 as in the parent pom; installers give files the date of the day.
_DATE = int((_IMAGE / "DATE").read_text()) if (_IMAGE / "DATE").exists() else None


def launcher() -> Path:
    """The program's launcher. At the first call jars get back the dates that they were packaged with, where they can be written:
    with others Java would not take its caches, and start as without."""
    if _DATE is not None:
        for jar in (_IMAGE / "lib").glob("*.jar"):
            try:
                if int(jar.stat().st_mtime) != _DATE:
                    os.utime(jar, (_DATE, _DATE))
            except OSError:
                break
    return _IMAGE / "bin" / "compnn"
