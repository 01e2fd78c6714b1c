"""An open database."""

from __future__ import annotations

import json
import tempfile
import urllib.parse
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Mapping, Optional, Sequence, Union

from . import _arrays
from ._errors import CompNNError, _Expired
from ._process import Server, flags, run
from ._tables import table as _table
from .explanation import Explanation

if TYPE_CHECKING:
    import os

    import numpy as np

    Array = np.ndarray[Any, Any]
    PathLike = Union[str, "os.PathLike[str]"]


class Database:
    """A training set that a network has seen, cell by cell; made by :func:`compnn.index`, opened by :func:`compnn.open`.

    One process of the program is behind it, which stays warm. It ends with :meth:`close`, with the object, or with the interpreter.
    Safe for many threads. Settings of :meth:`explain` and the others are those of the command line, with ``_`` for ``-``.
    """

    def __init__(self, path: "PathLike") -> None:
        self.path = Path(path)
        if not self.path.is_dir():
            raise CompNNError(f"{self.path}: expected a database's folder, found {'a file' if self.path.exists() else 'nothing'}; make one with compnn.index")
        self._server = Server([str(self.path), "--port", "0"], token=True)
        self._id = self._server.get_json("/api/databases")[0]["id"]
        self._address = "/api/databases/" + urllib.parse.quote(self._id, safe="")

    def close(self) -> None:
        """Ends the program behind it; explanations keep what they have fetched."""
        self._server.close()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Database {self.path}: {len(self)} training pictures, layers {', '.join(self.layers)}>"

    def __len__(self) -> int:
        """How many training pictures it holds."""
        return int(self.description["exemplar_count"])

    @cached_property
    def description(self) -> dict[str, Any]:
        """What it holds: network, task, sizes in pixels, classes, layers, training pictures with their tags."""
        found: dict[str, Any] = self._server.get_json(self._address)
        return found

    @property
    def layers(self) -> list[str]:
        """The indexed layers' names; those that have one by their alias (``penultimate``)."""
        return [(layer["aliases"] or [layer["name"]])[0] for layer in self.description["layers"]]

    @property
    def classes(self) -> list[str]:
        """Names of the classes, by index; none of a network that paints or gives numbers."""
        return [each["name"] for each in self.description.get("classes", [])]

    @property
    def exemplars(self) -> list[dict[str, Any]]:
        """The training pictures, by index: ``id``, ``tags``, ``target`` (whether there is an original label)."""
        found: list[dict[str, Any]] = self.description["exemplars"]
        return found

    def exemplar_input(self, index: int) -> "Array":
        """A training picture as the network saw it: uint8, (rows, columns, 3)."""
        return self._exemplar(index, "input")

    def exemplar_target(self, index: int) -> "Array":
        """Its original label at the size of the network's output: uint8 classes, uint8 colours or float32 numbers."""
        return self._exemplar(index, "target")

    def exemplar_prediction(self, index: int) -> "Array":
        """What the network says of it, as :meth:`exemplar_target`."""
        return self._exemplar(index, "prediction")

    def _exemplar(self, index: int, name: str) -> "Array":
        return _arrays.npy(self._server.get(f"{self._address}/exemplars/{int(index)}/arrays/{name}.npy"))

    def explain(
        self,
        picture: Any = None,
        *,
        exemplar: Optional[str] = None,
        layer: Optional[str] = None,
        top_k: Optional[int] = None,
        only: "Union[str, Sequence[str], None]" = None,
        without: "Union[str, Sequence[str], None]" = None,
        labels: Optional[str] = None,
        search: Optional[str] = None,
        hyperpatch: Optional[int] = None,
        distance: Optional[str] = None,
        overlap: Optional[str] = None,
        leave_out: Optional[bool] = None,
        neighbours: Optional[int] = None,
    ) -> Explanation:
        """Traces every pixel of the network's output for a picture to the training pixels that match it.

        Args:
            picture: a path, a file's bytes, a Pillow picture, or an array or tensor of (rows, columns, 3), (3, rows, columns) or
                (rows, columns): uint8 from 0 to 255, or floats from 0 to 1, before any normalisation. Of any size: it is prepared
                as the network's files say.
            exemplar: instead of a picture, the id of a training picture; it may not match itself.
            layer: the indexed layer to match at; the penultimate one, if it is indexed.
            top_k: matches to keep for each cell, 1 to 16; 1 unless said.
            only, without: terms that choose training pictures: ids, patterns (``"brick-*"``), tags (``"time=night"``).
            labels: what is pasted, ``"self"`` (the network's own predictions) or ``"original"``.
            search: ``"fast"``, ``"balanced"``, ``"best"`` or ``"exact"`` (every cell compared with every cell).
            hyperpatch: side of the neighbourhood that is matched, in cells.
            distance: ``"l2"`` or ``"cosine"``.
            overlap: what cells paste, ``"none"`` (their own patch) or ``"average"``.
            leave_out: whether the training picture of the same name may not match: for a path that of its file, without ending.
            neighbours: how many before and after it may not match either, as of frames of a video.

        Raises:
            CompNNError: in one line, where something does not fit.
        """
        settings = _given(
            layer=layer, top_k=top_k, only=_terms(only), without=_terms(without), labels=labels, search=search,
            hyperpatch=hyperpatch, distance=distance, overlap=overlap, leave_out=leave_out, neighbours=neighbours,
        )  # fmt: skip
        name, question = self._subject(picture, exemplar)
        return Explanation(self, name, lambda: json.loads(self._asked("/explanations", question, settings)))

    def embed(self, picture: Any = None, layer: Optional[str] = None, *, exemplar: Optional[str] = None) -> "Array":
        """The activations of an indexed layer for a picture: float32, (rows, columns, channels), as the network gives them.

        Args:
            picture, exemplar, layer: as of :meth:`explain`.
        """
        _, question = self._subject(picture, exemplar)
        return _arrays.npy(self._asked("/activations", question, _given(layer=layer)))

    def search(
        self,
        vectors: Any,
        layer: Optional[str] = None,
        *,
        top_k: Optional[int] = None,
        only: "Union[str, Sequence[str], None]" = None,
        without: "Union[str, Sequence[str], None]" = None,
        search: str = "exact",
        hyperpatch: Optional[int] = None,
        distance: Optional[str] = None,
    ) -> "tuple[Array, Array]":
        """The training cells nearest to vectors of your own.

        Args:
            vectors: numbers of shape (n, channels) or (rows, columns, channels), in the terms of the layer's activations.
            search: ``"exact"`` unless said; the other searches pass matches on between neighbours, so they want a picture's grid.

        Returns:
            int32 of training picture, row and column, (n, k, 3) or (rows, columns, k, 3), and float32 distances without that last axis;
            -1 and infinity where nothing matched.
        """
        np = _arrays.numpy()
        array = np.ascontiguousarray(vectors.detach().cpu().numpy() if hasattr(vectors, "detach") else vectors, dtype="<f4")
        if array.ndim not in (2, 3) or 0 in array.shape:
            raise CompNNError(f"expected vectors of shape (n, channels) or (rows, columns, channels), found {array.shape}; reshape them")
        flat = array.ndim == 2
        rows, columns, channels = (array.shape[0], 1, array.shape[1]) if flat else array.shape
        settings = _given(
            layer=layer, top_k=top_k, only=_terms(only), without=_terms(without), search=search, hyperpatch=hyperpatch, distance=distance
        )
        query = urllib.parse.urlencode({"rows": rows, "columns": columns, "channels": channels, "settings": json.dumps(settings)})
        found = self._server.ask("POST", f"{self._address}/matches?{query}", array.tobytes(), "application/octet-stream")
        matches, distances = _arrays.field(found)
        return (matches[:, 0], distances[:, 0]) if flat else (matches, distances)

    def evaluate(self, data: "PathLike", *, out: "Optional[PathLike]" = None, table: str = "pictures", **settings: Any) -> Any:
        """Measures how well explanations agree with the network and with the truth.

        Args:
            data: a data set: a folder, a list or a CSV file.
            out: where the report and all tables are to stay.
            table: ``"pictures"`` (the worst first), ``"classes"``, or ``"metrics"``; columns as docs/outputs.md has them.
            settings: those of ``compnn evaluate``, such as ``limit=20``.

        Returns:
            A pandas frame; a list of records where there is no pandas.
        """
        return self._study("evaluate", [str(data)], out, table, {"pictures", "classes", "metrics"}, settings)

    def blame(self, data: "PathLike", *, out: "Optional[PathLike]" = None, table: str = "regions", **settings: Any) -> Any:
        """Looks for the causes of wrong pixels, and for the training regions behind them.

        Args:
            data, out, settings: as of :meth:`evaluate`.
            table: ``"regions"`` (of training pictures, those that account for most first) or ``"pictures"`` (the worst first).
        """
        return self._study("blame", [str(data)], out, {"regions": "blame"}.get(table, table), {"blame", "pictures"}, settings)

    def suspects(self, *, out: "Optional[PathLike]" = None, **settings: Any) -> Any:
        """Looks for training labels that are probably wrong: a row for each region, the most suspect first.

        Args:
            out, settings: as of :meth:`evaluate`; ``exclude_neighbours=5`` for frames of a video.
        """
        return self._study("suspects", [], out, "suspects", {"suspects"}, settings)

    def _study(self, command: str, data: list[str], out: Any, table: str, tables: set[str], settings: Mapping[str, Any]) -> Any:
        if table not in tables:
            raise CompNNError(f"table: expected one of {', '.join(sorted(tables))}, found {table!r}")
        with tempfile.TemporaryDirectory(prefix="compnn-") as aside:
            folder = Path(out) if out is not None else Path(aside) / "out"
            run([command, str(self.path), *data, "--out", str(folder), *flags(settings)])
            return _table(folder / f"{table}.csv")

    def _subject(self, picture: Any, exemplar: Optional[str]) -> "tuple[str, dict[str, Any]]":
        if (picture is None) == (exemplar is None):
            raise CompNNError("expected a picture, or exemplar=ID of a training picture, found " + ("both" if exemplar is not None else "neither"))
        if exemplar is not None:
            return exemplar, {"kind": "training", "id": exemplar}
        data, kind, name = _arrays.picture(picture)
        return name, {"kind": "upload", "name": name[:200], "file": (data, kind)}

    def _asked(self, path: str, question: Mapping[str, Any], settings: Mapping[str, Any]) -> bytes:
        if "file" not in question:
            return self._server.post_json(self._address + path, {"query": question, **settings})
        data, kind = question["file"]
        upload = json.loads(self._server.ask("POST", "/api/uploads", data, kind))
        return self._server.post_json(self._address + path, {"query": {"kind": "upload", "id": upload["id"], "name": question["name"]}, **settings})


def _given(**settings: Any) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if value is not None}


def _terms(terms: "Union[str, Sequence[str], None]") -> Optional[list[str]]:
    return [terms] if isinstance(terms, str) else None if terms is None else list(terms)


def open(path: "PathLike") -> Database:  # noqa: A001  it is compnn.open
    """Opens a database that :func:`compnn.index` or ``compnn index`` made."""
    return Database(path)


def index(
    network: "PathLike",
    data: "PathLike",
    out: "PathLike",
    layers: "Union[str, Sequence[str], None]" = None,
    **settings: Any,
) -> Database:
    """Embeds a training set, and opens the database.

    Says how far it is on ``sys.stderr``. Ctrl-C stops it after the pictures under way; the same call goes on from there, and one on a
    finished database builds what it lacks and opens it.

    Args:
        network: an ONNX file, or the folder that holds it and its settings (:func:`compnn.export` writes one).
        data: a data set in any layout that docs/datasets.md names.
        out: the database's folder.
        layers: names of layers, ``"penultimate"``, ``"bottleneck"``; both of these unless said.
        settings: those of ``compnn index``, such as ``size=(192, 256)``, ``type="int8"``, ``force=True``.
    """
    chosen = {"layers": layers if layers is None or isinstance(layers, str) else list(layers)}
    run(["index", str(network), str(data), "--out", str(out), *flags({**chosen, **settings})])
    return Database(out)
