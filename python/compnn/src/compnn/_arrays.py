"""Arrays as the program sends them, and pictures as it takes them. NumPy is imported when it is first needed."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._errors import CompNNError

if TYPE_CHECKING:
    import numpy as np

_PNG = b"\x89PNG\r\n\x1a\n"


def numpy() -> Any:
    """NumPy, or one line that says how to get it."""
    try:
        import numpy
    except ImportError:
        raise CompNNError("expected NumPy, which arrays need, found none; pip install numpy") from None
    return numpy


def npy(data: bytes) -> "np.ndarray[Any, Any]":
    """The array of an NPY file; it can be written to."""
    array = numpy().load(io.BytesIO(data), allow_pickle=False)
    return array  # type: ignore[no-any-return]


def field(data: bytes) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """A field of matches: int32 (rows, columns, k, 3) of exemplar, row and column, -1 where there is none; float32 (rows, columns, k) of distances."""
    np = numpy()
    letters, version, rows, columns, k, width, _ = struct.unpack_from("<4s6I", data)
    if letters != b"CNNF" or version != 1:
        raise CompNNError("expected a field of version 1, found another; install compnn and compnn-runtime of one version")
    shape, count = (rows, columns, k), rows * columns * k
    at = 28
    distance = np.frombuffer(data, "<f4", count, at).reshape(shape).copy()
    at += 4 * count
    kind = "<u2" if width == 2 else "<u4"
    exemplar = np.frombuffer(data, kind, count, at).astype(np.int64)
    at += width * count
    row = np.frombuffer(data, "<u2", count, at)
    column = np.frombuffer(data, "<u2", count, at + 2 * count)
    matches = np.stack([exemplar, row, column], axis=-1).astype(np.int32)
    matches[exemplar == (0xFFFF if width == 2 else 0xFFFFFFFF)] = -1
    return matches.reshape(*shape, 3), distance


def picture(value: Any) -> "tuple[bytes, str, str]":
    """A picture's file, its type and its name: of a path, of a file's bytes, of Pillow, or of an array or tensor (see Database.explain)."""
    if isinstance(value, (str, os.PathLike)):
        path = Path(value)
        try:
            data = path.read_bytes()
        except IsADirectoryError:
            raise CompNNError(f"{path}: expected a picture, found a folder; name one of its files") from None
        except OSError as e:
            raise CompNNError(f"{path}: {e.strerror.lower() if e.strerror else e}") from None
        return (*_file(data, str(path)), path.stem)
    if isinstance(value, (bytes, bytearray)):
        return (*_file(bytes(value), "the picture"), "picture")
    if hasattr(value, "save") and hasattr(value, "convert"):
        return _pillow(value), "image/png", "picture"
    return png(_pixels(value)), "image/png", "picture"


def _file(data: bytes, name: str) -> "tuple[bytes, str]":
    if data.startswith(_PNG):
        return data, "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return data, "image/jpeg"
    try:
        from PIL import Image
    except ImportError:
        raise CompNNError(f"{name}: expected a PNG or JPEG picture, found something else; convert it, or pip install pillow") from None
    try:
        with Image.open(io.BytesIO(data)) as opened:
            return _pillow(opened), "image/png"
    except OSError:
        raise CompNNError(f"{name}: expected a picture, found something else; convert it to PNG") from None


def _pillow(image: Any) -> bytes:
    out = io.BytesIO()
    (image if image.mode in ("L", "RGB") else image.convert("RGB")).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _pixels(value: Any) -> Any:
    np = numpy()
    tensor = hasattr(value, "detach") and hasattr(value, "cpu")
    array = np.asarray(value.detach().cpu().numpy() if tensor else value)
    shape = array.shape
    if array.ndim == 4 and shape[0] == 1:
        array = array[0]
    if array.ndim == 3 and array.shape[0] in (1, 3) and (tensor or array.shape[2] not in (1, 3)):
        array = np.moveaxis(array, 0, -1)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim not in (2, 3) or array.ndim == 3 and array.shape[2] != 3 or 0 in array.shape:
        raise CompNNError(f"expected a picture of (rows, columns, 3), (3, rows, columns) or (rows, columns), found {shape}; hand over one picture")
    if array.dtype == np.uint8:
        return array
    if array.dtype == np.bool_:
        return array.astype(np.uint8) * 255
    if not np.issubdtype(array.dtype, np.floating):
        raise CompNNError(f"expected numbers of uint8, 0 to 255, or floats, 0 to 1, found {array.dtype}; convert them")
    low, high = float(array.min()), float(array.max())
    if not (0 <= low and high <= 1):
        raise CompNNError(f"expected floats from 0 to 1, found {low:.3g} to {high:.3g}; hand over the picture before it is normalised")
    return np.rint(array * 255).astype(np.uint8)


def png(pixels: Any) -> bytes:
    """An 8-bit PNG of (rows, columns) or (rows, columns, 3) uint8."""
    np = numpy()
    rows, columns = pixels.shape[:2]
    kind = 0 if pixels.ndim == 2 else 2
    flat = np.ascontiguousarray(pixels).reshape(rows, -1)
    lines = np.concatenate([np.zeros((rows, 1), np.uint8), flat], axis=1).tobytes()

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", columns, rows, 8, kind, 0, 0, 0)
    return _PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 1)) + chunk(b"IEND", b"")
