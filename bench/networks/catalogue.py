"""The architectures by name; each function writes one into the folder that it is given."""

import importlib


def _writes(writer, name):
    return not name.startswith("_") and list(getattr(getattr(writer, "__code__", None), "co_varnames", ()))[:1] == ["folder"]


def networks():
    """Names and writers, in the order of the table in docs/networks.md."""
    found = {}
    for module in ("zoo_own", "zoo_torchvision", "zoo_transformers", "zoo_timm", "zoo_forms"):
        for name, writer in vars(importlib.import_module(module)).items():
            if callable(writer) and getattr(writer, "__module__", None) == module and _writes(writer, name):
                found[name] = writer
    return found
