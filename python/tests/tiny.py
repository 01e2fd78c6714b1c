"""A network and pictures of our own, small enough to be known by heart: it says which of red, green and blue is strongest."""

import json
import struct
import zlib
from pathlib import Path

import numpy as np

SIZE = 32
CLASSES = ["red", "green", "blue"]


def _varint(value):
    out = bytearray()
    while True:
        out.append(value & 0x7F | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def _part(number, value):
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _tensor(name, array):
    dims = b"".join(_part(1, n) for n in array.shape)
    return dims + _part(2, 1) + _part(8, name) + _part(9, array.astype("<f4").tobytes())


def _node(kind, inputs, output, **ints):
    body = b"".join(_part(1, name) for name in inputs) + _part(2, output) + _part(3, output) + _part(4, kind)
    for name, values in ints.items():
        body += _part(5, _part(1, name) + b"".join(_part(8, v) for v in values) + _part(20, 7))
    return body


def _value(name, *shape):
    dims = b"".join(_part(1, _part(1, n)) for n in shape)
    return _part(1, name) + _part(2, _part(1, _part(1, 1) + _part(2, dims)))


def network(folder):
    """Writes model.onnx and its settings; the features are the colours of a pixel, and their mean."""
    folder = Path(folder)
    folder.mkdir(parents=True)
    features = np.zeros((4, 3, 3, 3))
    for channel in range(3):
        features[channel, channel, 1, 1] = 1
    features[3, :, 1, 1] = 1 / 3
    head = np.concatenate([np.eye(3), np.zeros((3, 1))], axis=1).reshape(3, 4, 1, 1)
    graph = (
        _part(1, _node("Conv", ["pixels", "features.weight"], "features", pads=[1, 1, 1, 1]))
        + _part(1, _node("Relu", ["features"], "relu"))
        + _part(1, _node("Conv", ["relu", "head.weight"], "logits"))
        + _part(2, "tiny")
        + _part(5, _tensor("features.weight", features))
        + _part(5, _tensor("head.weight", head))
        + _part(11, _value("pixels", 1, 3, SIZE, SIZE))
        + _part(12, _value("logits", 1, 3, SIZE, SIZE))
    )
    model = _part(1, 8) + _part(7, graph) + _part(8, _part(2, 13))
    (folder / "model.onnx").write_bytes(model)
    (folder / "config.json").write_text(json.dumps({"task": "image-segmentation", "id2label": dict(enumerate(CLASSES))}))
    (folder / "preprocessor_config.json").write_text(json.dumps({"do_resize": True, "size": {"height": SIZE, "width": SIZE}, "do_rescale": True, "rescale_factor": 1 / 255}))
    return folder


def picture(seed):
    """(rows, columns, 3) uint8: rectangles of the three colours, each a little different, and (rows, columns) classes."""
    random = np.random.default_rng(seed)
    pixels = np.zeros((SIZE, SIZE, 3), np.uint8)
    for top in range(0, SIZE, 8):
        for left in range(0, SIZE, 8):
            colour = random.integers(0, 60, 3)
            colour[random.integers(3)] += 150
            pixels[top : top + 8, left : left + 8] = colour
    return pixels, pixels.argmax(axis=2).astype(np.uint8)


def png(file, pixels):
    kind = 0 if pixels.ndim == 2 else 2
    lines = b"".join(b"\0" + row.tobytes() for row in pixels)

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, kind, 0, 0, 0)
    Path(file).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def data(folder, count, seed=0):
    """Writes pictures with labels, as a folder of images and one of labels, and tags."""
    folder = Path(folder)
    (folder / "images").mkdir(parents=True)
    (folder / "labels").mkdir()
    for i in range(count):
        pixels, classes = picture(seed + i)
        png(folder / "images" / f"{i}.png", pixels)
        png(folder / "labels" / f"{i}.png", classes)
    (folder / "tags.csv").write_text("id,tags\n" + "".join(f"{i},{'even;style=timber' if i % 2 == 0 else 'odd;style=brick'}\n" for i in range(count)))
    return folder
