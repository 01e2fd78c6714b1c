#!/usr/bin/env python3
"""Exports about forty architectures to ONNX, small and with random weights, for `bin/bench networks`.

    python bench/networks/export.py OUT            # all of them, each to OUT/NAME/
    python bench/networks/export.py OUT unet_free enet
    python bench/networks/export.py --list

Needs torch, torchvision, transformers, timm, onnx, onnxscript and onnxruntime (for the quantised ones). Each folder holds
`model.onnx` and, where the library writes them, its own `config.json` and `preprocessor_config.json`. One that cannot be
exported is said at the end, with the reason; the exit code is then 1.
"""

import argparse
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--list", action="store_true", help="only the names")
    options = parser.parse_args()
    from catalogue import networks

    known = networks()
    if options.list or options.out is None:
        print("\n".join(known))
        return 0
    failed = {}
    for name in options.names or known:
        start = time.time()
        try:
            known[name](options.out / name)
            size = (options.out / name / "model.onnx").stat().st_size / 1e6
            line = f"{name}\t{size:.1f} MB\t{(known[name].__doc__ or '').strip().splitlines()[0] if known[name].__doc__ else ''}"
            print(f"{line}\t{time.time() - start:.0f} s", flush=True)
            with open(options.out / "INDEX.txt", "a", encoding="utf-8") as index:
                index.write(line + "\n")
        except Exception as problem:  # one that fails must not keep the others
            failed[name] = problem
            print(f"{name}\tFAILED\t{type(problem).__name__}: {str(problem).splitlines()[0] if str(problem) else ''}", flush=True)
            traceback.print_exc(limit=-4)
    for name, problem in failed.items():
        print(f"not exported: {name}: {type(problem).__name__}: {str(problem)[:200]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
