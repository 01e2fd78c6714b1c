"""Where the program lies, and the command that passes everything on to it."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

from ._errors import CompNNError

PROGRAM = "COMPNN_PROGRAM"
"""The environment variable that names another launcher, such as ``bin/compnn`` of a clone."""

CALLED = "COMPNN_CALLED"
"""The environment variable by which the program is told how it was started, for the command lines that it prints."""


def launcher() -> Path:
    """The launcher to run: that which ``COMPNN_PROGRAM`` names, else that of ``compnn-runtime``."""
    named = os.environ.get(PROGRAM)
    if named:
        path = Path(named)
        if not path.is_file():
            raise CompNNError(f"{PROGRAM}: expected the program's launcher (bin/compnn), found no file {named}; correct or unset it")
        return path
    try:
        import compnn_runtime
    except ImportError:
        raise CompNNError(
            f"expected the package compnn-runtime or {PROGRAM}, found neither; "
            "pip install compnn-runtime, or set it to bin/compnn of a clone"
        ) from None
    return compnn_runtime.launcher()


def main() -> None:
    """The command ``compnn``: becomes the program."""
    try:
        program = str(launcher())
    except CompNNError as e:
        print(f"compnn: {e}", file=sys.stderr)
        raise SystemExit(2) from None
    os.environ.setdefault(CALLED, _called(sys.argv[0]))
    os.execv(program, [program, *sys.argv[1:]])


def _called(script: str) -> str:
    """How this command was started, as a shell takes it."""
    path = Path(script)
    if path.name == "__main__.py":
        python = Path(sys.executable)
        short = [name for name in ("python", "python3") if (found := shutil.which(name)) and Path(found).parent == python.parent]
        return f"{short[0] if short else shlex.quote(str(python))} -m compnn"
    return path.name if shutil.which(path.name) == script else shlex.quote(script)
