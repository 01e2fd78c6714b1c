"""A cluster on this machine's loopback: a master and workers of one core, each a process of its own, ended by their own handles."""

import os
import signal
import socket
import subprocess
import threading
import time

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bin")
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def numbers(pid):
    """What the system says of a process, behind its name."""
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rsplit(")", 1)[1].split()


def children(parent):
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if int(numbers(name)[1]) == parent:
                found.append(int(name))
        except OSError:
            pass  # it ended meanwhile
    return found


class Done:
    """A command that has ended: its code, and seconds by the clock, of its processors and of the workers'."""

    def __init__(self, code, clock, own, workers, said):
        self.code, self.clock, self.own, self.workers, self.said = code, clock, own, workers, said

    def processors(self):
        return self.own + self.workers


KINDS = {
    "compiler": ("C1 ", "C2 "),
    "collector": ("GC ", "G1 ", "Serial", "Parallel", "VM Thread", "VM Periodic"),
    "tasks": ("Executor task",),
    "pictures": ("ahead-", "compnn-", "main", "embedding-"),
    "start": ("java", "bash"),
}


def kind(thread):
    return next((kind for kind, names in KINDS.items() if thread.startswith(names)), "Spark")


class Threads:
    """What the threads of some processes took, as far as was seen before they ended."""

    def __init__(self, processes):
        self.processes, self.seen, self.over = processes, {}, threading.Event()
        self.looking = threading.Thread(target=self.look, daemon=True)
        self.looking.start()

    def look(self):
        while not self.over.wait(0.3):
            for role, pid in self.processes():
                try:
                    for thread in os.listdir(f"/proc/{pid}/task"):
                        with open(f"/proc/{pid}/task/{thread}/stat") as stat:
                            name, rest = stat.read().rsplit(")", 1)
                        self.seen[role, thread] = kind(name.split("(", 1)[1]), sum(map(int, rest.split()[11:13])) / TICKS
                except OSError:
                    pass  # it ended meanwhile

    def sums(self):
        self.over.set()
        self.looking.join()
        sums = {}
        for (role, _), (name, seconds) in self.seen.items():
            of = sums.setdefault(role, {})
            of[name] = of.get(name, 0) + seconds
        return sums


class Loopback:
    def __init__(self, folder, workers=2, memory="1500m"):
        self.folder, self.memory = folder, memory
        self.port = free_port()
        self.environment = dict(os.environ, SPARK_WORKER_DIR=f"{folder}/work", SPARK_LOCAL_DIRS=f"{folder}/scratch")
        self.master = self.daemon("master", "--port", str(self.port), "--webui-port", "0")
        self.await_master()
        self.workers = []
        for _ in range(workers):
            self.add_worker()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in [*self.workers, self.master]:
            process.terminate()
        for process in [*self.workers, self.master]:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()

    def daemon(self, *arguments):
        with open(f"{self.folder}/{arguments[0]}.log", "ab") as log:
            return subprocess.Popen([f"{PROGRAM}/compnn-cluster", *arguments], env=self.environment, stdout=log, stderr=log)

    def await_master(self):
        end = time.monotonic() + 300
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if time.monotonic() > end or self.master.poll() is not None:
                    raise SystemExit(f"cluster: the master did not start; see {self.folder}/master.log")
                time.sleep(0.1)

    def add_worker(self):
        worker = self.daemon("worker", f"spark://127.0.0.1:{self.port}", "--cores", "1", "--memory", "2g", "--webui-port", "0")
        self.workers.append(worker)
        # Nothing says that the master has taken it; one that idles has been.
        before = 0.0
        while worker.poll() is None:
            time.sleep(2)
            now = self.spent(worker)
            if now > 1 and now - before < 0.1:
                return
            before = now
        raise SystemExit(f"cluster: a worker did not start; see {self.folder}/worker.log")

    def kill_worker(self, number):
        self.workers[number].send_signal(signal.SIGKILL)
        self.workers.pop(number).wait()

    def executors(self, number):
        return children(self.workers[number].pid)

    @staticmethod
    def spent(worker):
        """Seconds of processors of a worker and of executors that have ended."""
        return sum(map(int, numbers(worker.pid)[11:15])) / TICKS

    def start(self, command, *arguments):
        conf = ["--conf", f"spark.executor.memory={self.memory}"]
        return Command([f"{PROGRAM}/compnn-cluster", command, "--master", f"spark://127.0.0.1:{self.port}", *conf, *arguments], self.environment, self.folder)

    def run(self, command, *arguments):
        before = sum(map(self.spent, self.workers))
        started = self.start(command, *arguments)
        threads = Threads(
            lambda: [("driver", started.process.pid), *(("executors", pid) for worker in self.workers for pid in children(worker.pid))]
        )
        done = started.done()
        done.threads = threads.sums()
        while any(children(worker.pid) for worker in self.workers):
            time.sleep(0.1)
        done.workers = sum(map(self.spent, self.workers)) - before
        return done


class Command:
    def __init__(self, line, environment, folder):
        self.log = f"{folder}/{os.path.basename(line[0])}-{line[1]}.log"
        self.begin = time.monotonic()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(line, env=environment, stdout=log, stderr=subprocess.STDOUT)

    def runs(self):
        return self.process.poll() is None

    def done(self):
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        with open(self.log, errors="replace") as log:
            said = log.read()
        return Done(self.process.returncode, time.monotonic() - self.begin, usage.ru_utime + usage.ru_stime, 0, said)


def alone(folder, *arguments):
    """The same on one machine: a process of two threads."""
    environment = dict(os.environ, COMPNN_JAVA_OPTIONS="-XX:ActiveProcessorCount=2")
    return Command([f"{PROGRAM}/compnn", *arguments], environment, folder).done()
