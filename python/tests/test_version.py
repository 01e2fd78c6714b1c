"""The version is said once, in the parent's pom, and the changelog knows it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_changelog_has_a_section_of_the_version():
    version = re.search(r"<artifactId>compnn-parent</artifactId>\s*<version>([^<]+)</version>", (ROOT / "pom.xml").read_text())[1]

    assert re.search(rf"^## {re.escape(version)}( |$)", (ROOT / "CHANGELOG.md").read_text(), re.M)


def test_the_packages_take_their_version_from_there():
    for name in ("compnn", "runtime"):
        text = (ROOT / "python" / name / "pyproject.toml").read_text()
        assert 'path = "../../pom.xml"' in text and "version = " not in text.split("[project]")[1].split("[tool")[0]
