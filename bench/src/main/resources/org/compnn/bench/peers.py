"""What Python has to set against the exact search. Reads the cells from the folder named, then orders
from standard input, a line each ("faiss": its flat index), and answers each with the seconds it took.
The environment says how many threads there are."""

import glob
import os
import sys
import time

folder = sys.argv[1]
abilities = []
compiled = ""
versions = ["python " + sys.version.split()[0]]
try:
    import numpy as np

    versions.append("numpy " + np.__version__)
except ImportError:
    print("no numpy\n\nnone", flush=True)
    sys.exit(0)
query = np.load(os.path.join(folder, "query.npy"))
cells = [np.load(f) for f in sorted(glob.glob(os.path.join(folder, "cells-*.npy")))]
try:
    import faiss
    from faiss_build import instructions

    compiled = instructions()
    versions.append("faiss " + faiss.__version__ + " (" + faiss.get_compile_options().strip() + "; runs with " + compiled + ")")
    index = faiss.IndexFlatL2(query.shape[1])
    for c in cells:
        index.add(c)
    abilities.append("faiss")
except ImportError:
    pass
abilities.append("numpy")
print("; ".join(versions))
print(compiled)
print(" ".join(abilities) or "none", flush=True)


def numpy_product(best):
    for c in cells:
        transposed = c.T
        out = np.empty((256, len(c)), np.float32)
        for i in range(0, len(query) - 255, 256):
            np.matmul(query[i : i + 256], transposed, out=out)
            if best:
                out.argmax(axis=1)


for line in sys.stdin:
    what = line.strip()
    start = time.perf_counter()
    if what == "faiss":
        found = index.search(query, 1)[1]
    else:
        numpy_product(what == "numpy-best")
    seconds = time.perf_counter() - start
    if what == "faiss":
        found.astype(np.int64).tofile(os.path.join(folder, "found.raw"))
    print(seconds, flush=True)
