"""What the FAISS of this Python was compiled for."""

import sys

import faiss

NAMES = ("AVX512_SPR", "AVX512", "AVX2", "SVE", "NEON")


def instructions():
    """The vector instructions that it runs with. Newer ones choose when they start, older ones have a module
    for each; where neither says anything, what it was compiled with."""
    try:
        return faiss.SIMDConfig.get_level_name()
    except AttributeError:
        pass
    loaded = " ".join(module for module in sys.modules if "swigfaiss" in module).upper()
    words = faiss.get_compile_options().upper().split()
    return next((name for name in NAMES if name in loaded or name in words), "NONE")
