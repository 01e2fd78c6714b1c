"""Data sets of arrays, written as the program reads them."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Mapping, Optional, Sequence, Union

from . import _arrays
from ._errors import CompNNError

if TYPE_CHECKING:
    import os


def export_data(
    pairs: Iterable[Any],
    folder: "Union[str, os.PathLike[str]]",
    *,
    tags: "Optional[Sequence[Any]]" = None,
    names: Optional[Sequence[str]] = None,
    labels: Optional[Sequence[str]] = None,
    mean: Any = None,
    std: Any = None,
    ignored: Optional[int] = None,
    limit: Optional[int] = None,
) -> Path:
    """Writes a data set: ``images/`` and ``labels/`` with the same names, ``tags.csv``, ``classes.csv``.

    Args:
        pairs: a torch ``Dataset``, or any sequence or iterable, of (picture, label), (picture, label, tags) or pictures alone. A picture is
            as for :meth:`compnn.Database.explain`; a label is whole numbers (rows, columns), a picture to be painted, or floats
            (rows, columns) or (rows, columns, channels), which are written as numbers.
        folder: made; one that holds a data set already is refused.
        tags: for each pair a tag or several, such as ``"time=night"`` or ``["time=night", "rain"]``.
        names: for each pair its id; six digits unless said.
        labels: names of the classes.
        mean, std: what the data set has taken off its pictures and divided by, to be undone.
        ignored: the number that means unlabelled, besides 255 and anything negative.
        limit: how many are written at the most.

    Returns:
        The folder, for :func:`compnn.index`.
    """
    np = _arrays.numpy()
    path = Path(folder)
    if (path / "images").exists():
        raise CompNNError(f"{path}: expected a folder without a data set, found images in it; choose another")
    (path / "images").mkdir(parents=True)
    tagged: list[tuple[str, str]] = []
    written: set[str] = set()
    for i, item in enumerate(_items(pairs)):
        if limit is not None and i >= limit:
            break
        picture, label, own = item if isinstance(item, tuple) and len(item) == 3 else (*item, None) if isinstance(item, tuple) and len(item) == 2 else (item, None, None)
        name = re.sub(r"[^\w.-]", "-", str(names[i])) if names is not None else f"{i:06d}"
        if name in written:
            raise CompNNError(f"names: expected a name of its own for each pair, found {name!r} twice")
        written.add(name)
        try:
            if mean is not None or std is not None:
                picture = _undone(np, picture, mean, std)
            (path / "images" / f"{name}.png").write_bytes(_png(picture))
            if label is not None:
                (path / "labels").mkdir(exist_ok=True)
                _label(np, label, path / "labels", name, ignored)
        except CompNNError as e:
            raise CompNNError(f"pair {i}: {e}") from None
        own = own if own is not None else tags[i] if tags is not None else None
        if own:
            tagged.append((name, own if isinstance(own, str) else ";".join(map(str, own))))
    if not written:
        raise CompNNError("expected pairs of pictures and labels, found none")
    if tagged:
        with (path / "tags.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("id", "tags"), *tagged])
    if labels is not None:
        with (path / "classes.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("code", "name"), *enumerate(labels)])
    return path


def _items(pairs: Any) -> Iterable[Any]:
    # A torch Dataset says how long it is, and need not end by itself.
    if hasattr(pairs, "__getitem__") and hasattr(pairs, "__len__"):
        return (pairs[i] for i in range(len(pairs)))
    return iter(pairs)


def _array(np: Any, value: Any) -> Any:
    return np.asarray(value.detach().cpu().numpy() if hasattr(value, "detach") else value)


def _undone(np: Any, picture: Any, mean: Any, std: Any) -> Any:
    array = _array(np, picture).astype(np.float32)
    if array.ndim == 3 and array.shape[0] in (1, 3):
        array = np.moveaxis(array, 0, -1)
    whole = array * np.asarray(std if std is not None else 1, np.float32) + np.asarray(mean if mean is not None else 0, np.float32)
    if whole.min() < -0.02 or whole.max() > 1.02:
        raise CompNNError(f"expected pictures from 0 to 1 after mean and std, found {whole.min():.3g} to {whole.max():.3g}; correct these")
    return whole.clip(0, 1)


def _png(picture: Any) -> bytes:
    data, kind, _ = _arrays.picture(picture)
    if kind == "image/png":
        return data
    raise CompNNError("expected an array or a PNG, found a JPEG; open it first, with Pillow for example")


def _label(np: Any, label: Any, folder: Path, name: str, ignored: Optional[int]) -> None:
    if hasattr(label, "convert") and hasattr(label, "mode"):
        label = np.asarray(label if label.mode in ("P", "L", "I", "RGB") else label.convert("RGB"))
    array = _array(np, label)
    if array.ndim == 3 and array.shape[0] == 1:
        array = array[0]
    if np.issubdtype(array.dtype, np.floating) and not (array.ndim == 3 and array.shape[-1] == 3):
        np.save(folder / f"{name}.npy", array.astype(np.float32))
        return
    if array.ndim == 2:
        numbers = array.astype(np.int64)
        numbers = np.where((numbers < 0) | (numbers == (255 if ignored is None else ignored)), 255, numbers)
        if numbers.max() > 255:
            raise CompNNError(f"expected classes from 0 to 254, found {numbers.max()}; number them anew")
        (folder / f"{name}.png").write_bytes(_arrays.png(numbers.astype(np.uint8)))
        return
    (folder / f"{name}.png").write_bytes(_png(array))
