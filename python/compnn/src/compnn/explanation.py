"""What :meth:`compnn.Database.explain` gives."""

from __future__ import annotations

import html
import io
import urllib.parse
import zipfile
from dataclasses import dataclass, field as _field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional, Union

from . import _arrays
from ._errors import CompNNError, _Expired

if TYPE_CHECKING:
    import numpy as np

    from .database import Database

    Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Source:
    """A training pixel that a pixel of the output may be cut from.

    Attributes:
        exemplar: index of the training picture in the database, from 0.
        id: its name in the data set.
        tags: its tags, such as ``"time=night"``.
        row, column: the pixel there, at the size of the network's output, from 0.
        distance: of the hyperpatches that were matched, 0 or more, without a unit.
    """

    exemplar: int
    id: str
    tags: tuple[str, ...]
    row: int
    column: int
    distance: float
    _database: "Database" = _field(repr=False, compare=False)
    _of: "tuple[int, int]" = _field(repr=False, compare=False)

    def picture(self, size: int = 64) -> "Array":
        """The training picture around the pixel: uint8 (size, size, 3), pixels of the network's input; less at the border."""
        return self._cut(self._database.exemplar_input(self.exemplar), size)

    def label(self, size: int = 64) -> "Array":
        """The original label around the pixel, as :meth:`picture`: uint8 classes, uint8 (size, size, 3) colours, or float32 numbers."""
        return self._cut(self._database.exemplar_target(self.exemplar), size)

    def _cut(self, whole: "Array", size: int) -> "Array":
        height, width = self._of
        row = self.row * whole.shape[0] // height
        column = self.column * whole.shape[1] // width
        top = min(max(0, row - size // 2), max(0, whole.shape[0] - size))
        left = min(max(0, column - size // 2), max(0, whole.shape[1] - size))
        return whole[top : top + size, left : left + size]

    def _repr_html_(self) -> str:
        import base64

        encoded = base64.b64encode(_arrays.png(self.picture(96))).decode()
        return (
            f'<figure style="display:inline-block;margin:0 8px 0 0"><img width="96" style="image-rendering:pixelated" src="data:image/png;base64,{encoded}">'
            f"<figcaption><b>{html.escape(self.id)}</b> row {self.row}, column {self.column}<br>distance {self.distance:.3g}</figcaption></figure>"
        )


class Sources(list):  # type: ignore[type-arg]
    """Sources of one pixel, the nearest first: a list of :class:`Source`, shown with pictures in a notebook."""

    def _repr_html_(self) -> str:
        return "".join(source._repr_html_() for source in self)


class Figure:
    """A figure for papers, shown in notebooks."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, file: "Union[str, Path]") -> Path:
        """Writes it as SVG."""
        path = Path(file)
        path.write_text(self.svg, encoding="utf-8")
        return path


class Explanation:
    """One picture explained: what the network made of it, and which training cells the same can be put together from.

    In a notebook it shows its report: point at a pixel to see where it comes from.

    Attributes:
        name: the picture's name.
        details: all that ``explanation.json`` says: settings, sizes, timings in milliseconds, tables of agreement.
        field: int32, (rows, columns, k, 3): for every cell of the layer and each of its k matches the training picture's
            index, and row and column of the matched cell in it; -1 where there is no match.
        distance: float32, (rows, columns, k): of these matches, 0 or more, without a unit; infinite where there is none.
    """

    name: str
    details: dict[str, Any]
    field: "Array"
    distance: "Array"

    def __init__(self, database: "Database", name: str, ask: Callable[[], dict[str, Any]]) -> None:
        self._database = database
        self._ask = ask
        answer = ask()
        self._id = answer["id"]
        self.name = name
        self.details = answer["explanation"]
        self._cells = self._get("/field")

    def __getattr__(self, name: str) -> Any:
        # Decoded when first asked for: a report needs no NumPy.
        if name in ("field", "distance"):
            self.field, self.distance = _arrays.field(self._cells)
            return self.__dict__[name]
        raise AttributeError(name)

    def _get(self, path: str) -> bytes:
        server = self._database._server
        try:
            return server.get(f"/api/explanations/{self._id}{path}")
        except _Expired:
            # The program keeps a third of its memory of answers; the same question gives the same answer.
            self._id = self._ask()["id"]
            return server.get(f"/api/explanations/{self._id}{path}")

    def _picture(self, name: str) -> "Array":
        return _arrays.npy(self._get(f"/arrays/{name}.npy"))

    @cached_property
    def input(self) -> "Array":
        """The picture as the network saw it: uint8, (rows, columns, 3)."""
        return self._picture("input")

    @cached_property
    def output(self) -> "Array":
        """The output pasted from training patches: uint8 (rows, columns) of classes, 255 where unlabelled;
        uint8 (rows, columns, 3) of a network that paints; float32 of one that gives numbers."""
        return self._picture("output")

    @cached_property
    def network(self) -> "Array":
        """The network's own output, as :attr:`output`."""
        return self._picture("network")

    @cached_property
    def other(self) -> "Optional[Array]":
        """The output pasted from the labels that were not chosen, as :attr:`output`; None for a training set without labels."""
        try:
            return self._picture("other")
        except CompNNError:
            return None

    @cached_property
    def reconstruction(self) -> "Array":
        """The input pasted from training pictures: uint8, (rows, columns, 3)."""
        return self._picture("reconstruction")

    @cached_property
    def exemplars(self) -> "Array":
        """The training pictures that give something, those that give most first: a structured array of
        ``exemplar`` (index), ``id``, ``tags`` (a tuple), ``cells`` (whose best match lies in it) and ``share`` (of all matched cells, 0..1)."""
        np = _arrays.numpy()
        rows = [(e["exemplar"], e["id"], tuple(e["tags"]), e["cells"], e["share"]) for e in self.details["exemplars"]]
        return np.array(rows, dtype=[("exemplar", "i4"), ("id", "O"), ("tags", "O"), ("cells", "i8"), ("share", "f8")])  # type: ignore[no-any-return]

    def at(self, row: int, column: int) -> Sources:
        """The training pixels that an output pixel may be cut from, the nearest first; at most top_k.

        Args:
            row, column: of the output, from 0 at the top left.
        """
        import json

        height, width = self.details["size"]["height"], self.details["size"]["width"]
        return Sources(
            Source(e["exemplar"], e["id"], tuple(e["tags"]), e["row"], e["column"], e["distance"], self._database, (height, width))
            for e in json.loads(self._get(f"/sources?row={int(row)}&column={int(column)}"))
        )

    @property
    def agreement(self) -> dict[str, float]:
        """How the output agrees with the network: each metric's name and value; of classes 0..1, of colours and numbers see docs/outputs.md."""
        table = self.details["agreement"]
        row = table["rows"][0]
        return {c["key"]: row["values"][c["key"]]["value"] for c in table["columns"] if c["key"] in row["values"]}

    def figure(self, *panels: str, columns: int = 0, sources: int = 6) -> Figure:
        """Pictures side by side, as SVG: ``input``, ``network`` and ``output`` unless said; the panels are those of ``compnn figure``.

        Args:
            columns: panels in a row; as many as fit where it is 0.
            sources: training pictures in the panel ``sources``, 1 to 20.
        """
        names = ",".join(panels or ("input", "network", "output"))
        return Figure(self._get(f"/figure/figure.svg?panels={urllib.parse.quote(names)}&columns={columns}&sources={sources}").decode())

    def report(self) -> str:
        """The report: one HTML page that holds all it needs."""
        return self._get("/files/report.html").decode()

    def save(self, folder: "Union[str, Path]") -> Path:
        """Writes report, pictures and arrays into a folder, as ``compnn explain`` does; returns the report's path."""
        path = Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(io.BytesIO(self._get("/files/explanation.zip"))) as archive:
            archive.extractall(path)
        return path / "report.html"

    def show(self, open_browser: bool = True) -> Path:
        """Writes the report into a temporary folder and opens it in a browser; returns its path."""
        import tempfile
        import webbrowser

        path = Path(tempfile.mkdtemp(prefix="compnn-")) / "report.html"
        path.write_text(self.report(), encoding="utf-8")
        if open_browser:
            webbrowser.open(path.as_uri())
        return path

    def _repr_html_(self) -> str:
        # A frame of its own: neither page nor report can touch the other.
        page = html.escape(self.report(), quote=True)
        return f'<iframe srcdoc="{page}" sandbox="allow-scripts allow-downloads" style="width:100%;height:720px;border:1px solid #ccc" title="{html.escape(self.name)}"></iframe>'

    def __repr__(self) -> str:
        settings, size = self.details["settings"], self.details["size"]
        return (
            f"<Explanation of {self.name}: {size['rows']} x {size['columns']} cells of {settings['layer']['name']}, "
            f"pasted from {len(self.details['exemplars'])} of {settings['selected']} training pictures>"
        )
