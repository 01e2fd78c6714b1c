"""The notebooks of examples/ run from top to bottom, on fewer pictures than they were made with, and show something where they showed it."""

import ast
import importlib.util
import json
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

FEWER = {'"demo", "--no-open"': '"demo", "--count", "10", "--queries", "1", "--no-open"', '"--count", "48"': '"--count", "16"'}

# What not every machine has, by notebook; pandas and NumPy all of them need.
FURTHER = {"hugging-face-datasets": ["datasets"], "fiftyone": ["fiftyone"]}


@pytest.fixture(scope="module")
def place(work):
    folder = work / "examples"
    folder.mkdir()
    return folder


def is_there(module):
    return importlib.util.find_spec(module) is not None


def without_ipython(shown):
    """What notebooks take from IPython, where there is none."""
    display = types.ModuleType("IPython.display")
    display.display = lambda *each: shown.extend(each)
    display.Image = lambda data, width=None: data
    whole = types.ModuleType("IPython")
    whole.display = display
    return {"IPython": whole, "IPython.display": display}


def run_cell(source, names):
    """The value of the cell's last line, as a notebook shows it."""
    *before, last = ast.parse(source).body
    if not isinstance(last, ast.Expr) or source.rstrip().endswith(";"):
        before.append(last)
        last = None
    exec(compile(ast.Module(before, []), "cell", "exec"), names)
    return None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)


@pytest.mark.parametrize("name", sorted(file.stem for file in EXAMPLES.glob("*.ipynb")))
def test_a_notebook_runs_and_shows_what_it_showed(name, place, monkeypatch):
    from conftest import need

    need(is_there("pandas"), "pandas")
    missing = [module for module in FURTHER.get(name, []) if not is_there(module)]
    if missing:
        pytest.skip(f"needs {missing[0]}")
    monkeypatch.chdir(place)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    run = subprocess.run
    # One demo serves them all.
    monkeypatch.setattr(subprocess, "run", lambda words, **how: None if "demo" in words and Path("compnn-demo").exists() else run(words, **how))
    shown = []
    for module, there in without_ipython(shown).items():
        monkeypatch.setitem(sys.modules, module, there)
    names = {"__name__": "__main__"}

    for cell in json.loads((EXAMPLES / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        for many, few in FEWER.items():
            source = source.replace(many, few)
        value = run_cell(source, names)
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                assert value is not None, source
                if "text/html" in output["data"]:
                    assert value._repr_html_().startswith("<"), source
    for value in names.values():
        if hasattr(value, "close") and type(value).__module__.startswith("compnn"):
            value.close()
