"""FAISS set against the field search: reads an order (see Order.java), builds or opens the index that it
names, times its settings and writes an answer (see Answer.java)."""

import ctypes
import json
import os
import sys
import threading
import time


def answer_with(not_run, version=""):
    with open(sys.argv[2], "w") as out:
        json.dump({"version": version, "instructions": "", "built": -1, "bytes": 0, "notRun": "not run: " + not_run, "runs": []}, out)
    sys.exit(0)


try:
    import numpy as np
    import faiss
    from faiss_build import instructions
except ImportError as missing:
    answer_with(f"{missing}; install it (Debian: python3-faiss; pip: faiss-cpu) for {sys.executable}")

with open(sys.argv[1]) as source:
    order = json.load(source)
version = (
    f"FAISS {faiss.__version__} (compiled with {faiss.get_compile_options().strip()}; runs with {instructions()}),"
    f" NumPy {np.__version__}"
)
vectors = np.load(order["vectors"], mmap_mode="r")
# An index sorted by a flat quantiser can be searched by way of a graph over its lists.
kind, _, graph = order["index"].partition(" searched by ")


def use(threads):
    """FAISS's own threads and those of the BLAS that it multiplies with."""
    faiss.omp_set_num_threads(threads)
    try:
        with open("/proc/self/maps") as maps:
            libraries = {line.split()[-1] for line in maps if "blas" in line}
    except OSError:
        return
    for library in libraries:
        try:
            ctypes.CDLL(library).openblas_set_num_threads(threads)
        except (AttributeError, OSError):
            pass


use(max(order["threads"]))


def anonymous():
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return -1


class Watch:
    """The most memory that belongs to no file, looked at a hundred times a second."""

    def __enter__(self):
        self.most = anonymous()
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        return self

    def look(self):
        while not self.done.wait(0.01):
            self.most = max(self.most, anonymous())

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()


def inner(index):
    index = faiss.downcast_index(index)
    return faiss.downcast_index(index.base_index) if isinstance(index, faiss.IndexRefine) else index


def by_graph(index):
    """Puts an HNSW graph over an index's lists, in place of comparing a vector with all of their centroids."""
    lists = inner(index)
    flat = lists.quantizer
    over = faiss.IndexHNSWFlat(lists.d, 32)
    over.add(flat.reconstruct_n(0, lists.nlist))
    lists.own_fields = False
    lists.quantizer = over
    return flat, over


begun = order["file"] + ".begun"


def keep_begun(index, seconds):
    """An index that is not whole yet; the next run goes on from there."""
    faiss.write_index(index, begun + ".part")
    os.rename(begun + ".part", begun)
    with open(begun + ".json", "w") as out:
        json.dump({"seconds": seconds}, out)


def build():
    start = time.perf_counter()
    before = 0.0
    if os.path.exists(begun) and os.path.exists(begun + ".json"):
        index = faiss.read_index(begun)
        with open(begun + ".json") as source:
            before = json.load(source)["seconds"]
        start = time.perf_counter()
    else:
        index = faiss.index_factory(vectors.shape[1], kind)
        if not index.is_trained:
            lists = getattr(inner(index), "nlist", 1)
            wanted = min(len(vectors), max(40 * lists, 20000))
            chosen = np.sort(np.random.default_rng(3).choice(len(vectors), wanted, replace=False))
            index.train(np.ascontiguousarray(vectors[chosen]))
    block = 200000 if "IVF" in kind else 20000
    large = getattr(inner(index), "nlist", 0) >= 1024
    flat = None
    if large:
        # Sorting millions of vectors into thousands of lists takes a quarter of the time this way.
        flat, graph_over = by_graph(index)
    while index.ntotal < len(vectors):
        took = time.perf_counter() - start
        if took > order["limit"]:
            if large:
                inner(index).quantizer = flat
            keep_begun(index, before + took)
            answer_with(
                f"building took more than {before + took:.0f} s ({index.ntotal:,} of {len(vectors):,} vectors are"
                " in it; the next run goes on)",
                version,
            )
        index.add(np.ascontiguousarray(vectors[index.ntotal : index.ntotal + block]))
    took = time.perf_counter() - start
    if large:
        inner(index).quantizer = flat
    faiss.write_index(index, order["file"] + ".part")
    os.rename(order["file"] + ".part", order["file"])
    for kept in (begun, begun + ".json"):
        if os.path.exists(kept):
            os.remove(kept)
    return index, before + took


def dial(index, setting):
    index = faiss.downcast_index(index)
    if isinstance(index, faiss.IndexRefine):
        index.k_factor = 8
    search = inner(index)
    if isinstance(search, faiss.IndexIVF):
        search.nprobe = setting
        coarse = faiss.downcast_index(search.quantizer)
        if isinstance(coarse, faiss.IndexHNSW):
            coarse.hnsw.efSearch = max(16, 2 * setting)
    elif isinstance(search, faiss.IndexHNSW):
        search.hnsw.efSearch = setting


built = -1.0
if os.path.exists(order["file"]):
    index = faiss.read_index(order["file"])
else:
    index, built = build()
del vectors
if graph:
    kept_alive = by_graph(index)
bytes_on_disk = os.path.getsize(order["file"])
queries = [] if order["prepare"] else [np.load(f) for f in order["queries"]]
samples = [np.array(s) for s in order["samples"]]
cells = order["rows"] * order["columns"]


def once(searched, ranked):
    start = time.perf_counter()
    found = [index.search(q, ranked)[1] for q in searched]
    return (time.perf_counter() - start) / len(searched), found


def keep(name, places, found):
    """What is to be ranked by the full distance: a cell's number and its best, a file a picture."""
    files = []
    for picture, (cells_searched, best) in enumerate(zip(places, found)):
        file = f"{order['file']}.best-{name}-{picture}.npy"
        np.save(file, np.concatenate([cells_searched[:, None], best], axis=1).astype(np.int32))
        files.append(file)
    return files


def run(setting, ranked, threads):
    use(threads)
    with Watch() as watch:
        part = [np.ascontiguousarray(q[s]) for q, s in zip(queries, samples)]
        once(part, ranked)
        estimate = once(part, ranked)[0] * cells / len(samples[0])
        if estimate * len(queries) <= order["patience"]:
            places = [np.arange(cells) for _ in queries]
            searched = queries
        else:
            rest = np.random.default_rng(5).choice(cells, min(cells, 2048), replace=False)
            places = [np.concatenate([s, rest]) for s in samples]
            searched = [np.ascontiguousarray(q[p]) for q, p in zip(queries, places)]
        best = float("inf")
        for _ in range(order["repeats"]):
            seconds, found = once(searched, ranked)
            best = min(best, seconds)
    whole = searched is queries
    return {
        "setting": str(setting),
        "threads": threads,
        "seconds": best * cells / len(searched[0]),
        "cells": len(searched[0]),
        "memory": watch.most,
        "ranked": ranked,
        "best": keep(f"{setting}-{ranked}-{threads}", places, found) if ranked > 1 else [],
        "found": [(f[s, 0] if whole else f[: len(s), 0]).tolist() for f, s in zip(found, samples)],
    }


runs = []
for setting in [] if order["prepare"] else order["settings"]:
    dial(index, setting)
    for ranked in order["ranked"]:
        for threads in order["threads"]:
            runs.append(run(setting, ranked, threads))
answer = {
    "version": version,
    "instructions": instructions(),
    "built": built,
    "bytes": bytes_on_disk,
    "notRun": "",
    "runs": runs,
}
with open(sys.argv[2] + ".part", "w") as out:
    json.dump(answer, out)
os.rename(sys.argv[2] + ".part", sys.argv[2])
