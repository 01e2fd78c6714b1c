"""The client needs the program of its own version."""

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RuntimeHook(MetadataHookInterface):
    def update(self, metadata):
        metadata["dependencies"] = ["compnn-runtime==" + metadata["version"]]
