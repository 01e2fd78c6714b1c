"""Tables of the program's files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

_TEXT = {"id", "class", "answer", "against", "label", "suggested", "given", "tags", "doubts", "cause"}


def _value(text: str) -> Any:
    if text == "":
        return None
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def table(file: Path) -> Any:
    """A CSV file as a pandas frame, or as a list of records where there is no pandas."""
    with file.open(newline="", encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        records = [{name: text if name in _TEXT else _value(text) for name, text in row.items()} for row in reader]
    try:
        import pandas
    except ImportError:
        return records
    # With its columns where there are no rows.
    return pandas.DataFrame.from_records(records, columns=reader.fieldnames)
