"""What a cluster costs, how that grows with the shards, and what becomes of what is lost, on this machine.

  python3 bench/cluster/measure.py MODEL TRAINING VALIDATION [--steps cost,growth,losses] [--layers A,B] [--work DIR]

It starts a master and two workers of one core on the loopback, and ends them. Only Python's own library is needed; Linux.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import tempfile
import time

from loopback import Loopback, alone

# What differs from run to run.
TIMES = re.compile(rb'"(network|search|compose|searchSeconds)" ?: ?[0-9.]+(E-?[0-9]+)?|search [0-9.]+ s each')


def contents(folder, name):
    found = {}
    for path, _, files in os.walk(folder):
        for file in files:
            with open(os.path.join(path, file), "rb") as read:
                found[os.path.relpath(os.path.join(path, file), folder)] = TIMES.sub(b"-", read.read()).replace(name, b"SET")
    return found


def same(one, other, names=(b"together.set", b"alone.set")):
    mine, theirs = contents(one, names[0]), contents(other, names[1])
    differing = sorted(set(mine) ^ set(theirs)) + [file for file in mine if file in theirs and mine[file] != theirs[file]]
    return f"the same {len(mine)} files" if not differing else f"NOT THE SAME: {', '.join(differing[:5])}"


def expect(done, code=0):
    if done.code != code:
        raise SystemExit(f"cluster: expected code {code}, found {done.code}:\n{done.said[-3000:]}")
    return done


def cost(cluster, asked, layer):
    together, lone = f"{asked.work}/together.set", f"{asked.work}/alone.set"
    build = [asked.model, asked.training, "--layers", layer, "--shards", str(asked.shards), "--force", "--out"]
    indexed = expect(cluster.run("index", *build, together))
    row(f"index, {layer}", indexed, expect(alone(asked.work, "index", *build, lone)), same(together, lone))
    done = {f"index, {layer}": indexed}
    for search in asked.searches.split(","):
        how = ["--search", "exact"] if search == "exact" else ["--quality", search]
        question = ["--limit", str(asked.pictures), *how, "--out"]
        numbers, plain = f"{asked.work}/numbers-{search}", f"{asked.work}/numbers-{search}-alone"
        evaluated = expect(cluster.run("evaluate", together, asked.validation, *question, numbers))
        row(
            f"evaluate {asked.pictures}, {layer}, {search}",
            evaluated,
            expect(alone(asked.work, "evaluate", lone, asked.validation, *question, plain)),
            same(numbers, plain),
        )
        done[f"evaluate, {layer}, {search}"] = evaluated
    return done


def row(what, cluster, lone, equal):
    print(
        f"| {what} | {cluster.clock:.0f} | {lone.clock:.0f} | {cluster.clock / lone.clock:.2f} | {cluster.workers:.0f} | {cluster.own:.0f} | {lone.own:.0f}"
        f" | {cluster.processors() / lone.own:.2f} | {equal} |",
        flush=True,
    )


def shares(done):
    """Where processors' time went, by kinds of threads."""
    for role, sums in sorted(done.threads.items()):
        print(f"  {role}: " + ", ".join(f"{kind} {seconds:.0f}" for kind, seconds in sorted(sums.items(), key=lambda one: -one[1])), flush=True)


def some(training, count, to):
    """A data set of a few of its pairs."""
    for kind in ("images", "labels"):
        os.makedirs(f"{to}/{kind}", exist_ok=True)
        names = sorted(os.listdir(f"{training}/{kind}"))
        for name in names[:: max(1, len(names) // count)][:count]:
            shutil.copy(f"{training}/{kind}/{name}", f"{to}/{kind}")
    return to


def growth(cluster, asked, layer):
    pictures = some(asked.training, 64, f"{asked.work}/sixty-four")
    for shards in map(int, asked.counts.split(",")):
        out, log = f"{asked.work}/grown-{shards}", f"{asked.work}/events-{shards}"
        expect(alone(asked.work, "index", asked.model, pictures, "--layers", layer, "--shards", str(shards), "--no-check", "--force", "--out", out))
        shutil.rmtree(log, ignore_errors=True)
        os.makedirs(log)
        done = expect(cluster.run("evaluate", *logged(log), out, asked.validation, "--limit", "8", "--out", f"{asked.work}/grown-numbers"))
        tasks, jobs = events(log)
        run = [task["Executor Run Time"] for task in tasks]
        print(
            f"| {shards} | {jobs} | {len(tasks)} | {statistics.median(run):.0f} | {max(run)} | {sum(task['Executor CPU Time'] for task in tasks) / 1e9:.1f} | {done.workers:.0f}"
            f" | {done.own:.0f} | {sum(task['Shuffle Write Metrics']['Shuffle Bytes Written'] for task in tasks) / 1e6:.1f} | {sum(task['Result Size'] for task in tasks) / 1e6:.2f} |",
            flush=True,
        )


def logged(log):
    conf = {"enabled": "true", "dir": f"file:{log}", "compress": "false", "rolling.enabled": "false"}
    return [word for name, value in conf.items() for word in ("--conf", f"spark.eventLog.{name}={value}")]


def events(log):
    tasks, jobs = [], 0
    for file in os.listdir(log):
        with open(f"{log}/{file}") as lines:
            for line in lines:
                try:
                    event = json.loads(line)
                except json.JSONDecodeError:
                    continue  # the last line of a log that is being written
                jobs += event["Event"] == "SparkListenerJobEnd"
                if event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
                    tasks.append(event["Task Metrics"])
    return tasks, jobs


def losses(cluster, asked, layer):
    whole, lost = f"{asked.work}/alone.set", f"{asked.work}/together.set"
    build = [asked.model, asked.training, "--layers", layer, "--shards", str(asked.shards), "--force", "--out"]
    if not os.path.exists(f"{whole}/set.json"):
        expect(alone(asked.work, "index", *build, whole))
    shutil.rmtree(lost, ignore_errors=True)
    running = cluster.start("index", *build, lost)
    while running.runs() and not any(name.startswith("shard-") for name in listed(f"{lost}/shards")):
        time.sleep(0.1)
    cluster.kill_worker(1)
    print("a worker killed while a set is built:", expect(running.done()).code, same(lost, whole), flush=True)
    cluster.add_worker()

    log = f"{asked.work}/events-lost"
    shutil.rmtree(log, ignore_errors=True)
    os.makedirs(log)
    question = [asked.validation, "--limit", str(asked.pictures), "--search", "exact", "--out"]
    running = cluster.start("evaluate", *logged(log), lost, *question, f"{asked.work}/lost")
    while running.runs() and events(log)[1] < 2:
        time.sleep(0.1)
    executors = cluster.executors(1)
    for executor in executors:
        os.kill(executor, 9)
    done = expect(running.done())
    if not executors:
        raise SystemExit("cluster: expected an executor to kill, found that the evaluation was over")
    expect(alone(asked.work, "evaluate", whole, *question, f"{asked.work}/kept"))
    print("an executor killed while pictures are evaluated:", done.code, same(f"{asked.work}/lost", f"{asked.work}/kept"), flush=True)

    few = some(asked.training, 12, f"{asked.work}/few")
    broken = sorted(os.listdir(f"{few}/images"))[6]
    with open(f"{few}/images/{broken}", "w") as file:
        file.write("no picture")
    build = [asked.model, few, "--layers", layer, "--shards", "4", "--out"]
    shutil.rmtree(lost)
    said = expect(cluster.run("index", *build, lost), 2).said
    print("a broken picture:", [line for line in said.splitlines() if broken in line])
    expect(cluster.run("index", *build, lost, "--skip-broken"))
    shutil.rmtree(whole)
    expect(alone(asked.work, "index", *build, whole, "--skip-broken"))
    print("the rest, with --skip-broken:", same(lost, whole), flush=True)


def listed(folder):
    return os.listdir(folder) if os.path.isdir(folder) else []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("training")
    parser.add_argument("validation")
    parser.add_argument("--steps", default="cost,growth,losses")
    parser.add_argument("--layers", default="bottleneck", help="for the costs one after the other; the first for the rest")
    parser.add_argument("--pictures", type=int, default=40)
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--searches", default="exact,balanced", help="exact, or qualities of the field search, for the costs")
    parser.add_argument("--counts", default="1,2,4,8,16,64", help="of shards, for the growth")
    parser.add_argument("--work", help="an empty folder; default: one that is removed at the end")
    asked = parser.parse_args()
    kept = asked.work is not None
    asked.work = asked.work or tempfile.mkdtemp(prefix="compnn-cluster-")
    os.makedirs(asked.work, exist_ok=True)
    for name in ("model", "training", "validation", "work"):
        setattr(asked, name, os.path.abspath(getattr(asked, name)))
    layers, steps = asked.layers.split(","), asked.steps.split(",")
    try:
        print(f"load before the run {os.getloadavg()[0]:.1f}; {os.cpu_count()} processors", flush=True)
        with Loopback(asked.work) as cluster:
            if "cost" in steps:
                print("\n| work | cluster, s | one process, s | ratio | executors, processor s | driver | one process | ratio | |\n|---|---|---|---|---|---|---|---|---|")
                done = {}
                for layer in layers:
                    done |= cost(cluster, asked, layer)
                print("\nprocessor seconds by kinds of threads, as far as they were seen:")
                for work, each in done.items():
                    print(work)
                    shares(each)
            if "growth" in steps:
                print("\n| shards | jobs | tasks | a task, median ms | longest | tasks, processor s | executors | driver | merged between tasks, MB | to the driver, MB |\n" + "|---" * 10 + "|")
                growth(cluster, asked, layers[0])
            if "losses" in steps:
                print()
                losses(cluster, asked, layers[0])
    finally:
        if not kept:
            shutil.rmtree(asked.work, ignore_errors=True)


if __name__ == "__main__":
    main()
