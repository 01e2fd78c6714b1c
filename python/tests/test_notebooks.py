"""The notebooks of examples/ run from top to bottom and show something where they showed it, on a network and pictures small enough for a test
in the place of the buildings that they were made with."""

import ast
import importlib.util
import json
import shutil
import subprocess
import sys
import types
from pathlib import Path

import pytest
import tiny

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

# Pixels that the small pictures have.
SMALLER = {".at(80, 60)": ".at(8, 6)", ".at(64, 64)": ".at(16, 16)"}

# What not every machine has, by notebook; pandas and NumPy all of them need.
FURTHER = {"hugging-face-datasets": ["datasets"], "fiftyone": ["fiftyone"]}


@pytest.fixture(scope="module")
def place(work, net, training, db):
    """A folder with what ``compnn demo`` and ``compnn generate`` would make there, of the tests' own network and pictures."""
    folder = work / "examples"
    planted = shutil.copytree(training, folder / "planted")
    (planted / "classes.csv").write_text("code,name\n" + "".join(f"{i},{name}\n" for i, name in enumerate(tiny.CLASSES)))
    (planted / "planted.json").write_text(json.dumps({"mislabelled": [{"id": "0", "top": 8, "left": 8, "height": 8, "width": 8}]}))
    demo = folder / "compnn-demo"
    shutil.copytree(net, demo / "models" / "segnet-facades")
    for copy in (demo / "label.db", demo / "paint.db", folder / "planted.db"):
        shutil.copytree(db.path, copy)
    for kind in ("label", "paint"):
        (demo / "queries" / kind).mkdir(parents=True)
        tiny.png(demo / "queries" / kind / "unseen-0.png", tiny.picture(50)[0])
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
    # What the program would make is there.
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda words, **how: None if "compnn" in words else run(words, **how))
    shown = []
    for module, there in without_ipython(shown).items():
        monkeypatch.setitem(sys.modules, module, there)
    names = {"__name__": "__main__"}

    for cell in json.loads((EXAMPLES / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        for large, small in SMALLER.items():
            source = source.replace(large, small)
        value = run_cell(source, names)
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                assert value is not None, source
                if "text/html" in output["data"]:
                    assert value._repr_html_().startswith("<"), source
    for value in names.values():
        if hasattr(value, "close") and type(value).__module__.startswith("compnn"):
            value.close()
