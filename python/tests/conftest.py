"""The client against the real program. Where the program is not built, or NumPy is not there, tests are skipped with a line; where CI is set, they fail."""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "compnn" / "src"))
os.environ.setdefault("COMPNN_PROGRAM", str(HERE / "program"))


def need(there, what):
    if not there:
        if os.environ.get("CI"):
            pytest.fail(f"CI lacks {what}")
        pytest.skip(f"needs {what}")


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    built = os.environ["COMPNN_PROGRAM"] != str(HERE / "program") or os.environ.get("COMPNN_CLASSPATH")
    need(built or list((HERE.parents[1] / "cli" / "target" / "lib").glob("compnn-cli-*.jar")), "the program (mvn package)")
    return tmp_path_factory.mktemp("python")


@pytest.fixture(scope="session")
def net(work):
    import tiny

    return tiny.network(work / "net")


@pytest.fixture(scope="session")
def training(work):
    import tiny

    return tiny.data(work / "training", 6)


@pytest.fixture(scope="session")
def db(work, net, training):
    import compnn

    with compnn.index(net, training, out=work / "tiny.db", layers=["penultimate"]) as opened:
        yield opened
