"""Which training pixels made a network do that, and what happens if they change?

    import compnn

    net = compnn.export(model, example, "net", task="segmentation", labels=["sky", "road"])
    db = compnn.index(net, "data/train", out="train.db")
    why = db.explain("data/val/images/1.png", top_k=5)
    why.field            # int32, (rows, columns, k, 3): training picture, row, column
    why.at(120, 240)     # the training pixels behind one pixel
    compnn.serve(db, "data/val")
"""

from importlib import metadata as _metadata

from ._arrays import png
from ._errors import CompNNError, CompNNFault
from .data import export_data
from .database import Database, index, open
from .explanation import Explanation, Source
from .export import export
from .page import Page, serve

try:
    __version__ = _metadata.version("compnn")
except _metadata.PackageNotFoundError:  # from a clone, by its path
    __version__ = "unknown"

__all__ = [
    "CompNNError",
    "CompNNFault",
    "Database",
    "Explanation",
    "Page",
    "Source",
    "export",
    "export_data",
    "index",
    "open",
    "png",
    "serve",
]
