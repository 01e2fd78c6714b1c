"""Puts the image that bin/package made into the wheel, and names the platform that it runs on."""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ImageHook(BuildHookInterface):
    def initialize(self, version, build_data):
        image = os.environ.get("COMPNN_IMAGE")
        tag = os.environ.get("COMPNN_WHEEL_TAG")
        if not image or not tag:
            raise SystemExit("compnn-runtime: expected COMPNN_IMAGE and COMPNN_WHEEL_TAG, found none; build it by bin/package wheels")
        build_data["pure_python"] = False
        build_data["tag"] = "py3-none-" + tag
        build_data["force_include"][image] = "compnn_runtime/image"
