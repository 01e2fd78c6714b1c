"""The program as a process: a command that runs and ends, or one server that stays warm."""

from __future__ import annotations

import atexit
import collections
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
import weakref
from typing import Any, Callable, Iterable, Mapping, Optional, Union

from ._errors import CompNNError, CompNNFault, _Expired
from ._program import launcher

_OPTIONS = "COMPNN_JAVA_OPTIONS"
_JAVA_SAYS = "WARNING: Using incubator modules"
_PATIENCE = 30
"""Seconds that a command has to end by itself after Ctrl-C."""


def flags(settings: Mapping[str, Any]) -> list[str]:
    """Settings as the command line has them: ``top_k=5`` is ``--top-k 5``, lists repeat or join as their flag does, a pair is ROWSxCOLUMNS."""
    found: list[str] = []
    for name, value in settings.items():
        if name == "search" and value != "exact" and value != "field":
            name = "quality"
        flag = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            found.append(flag)
        elif name in ("only", "without", "input"):
            for each in [value] if isinstance(value, str) else value:
                found += [flag, str(each)]
        elif name in ("size", "tile") and not isinstance(value, (str, int)):
            found += [flag, "x".join(str(each) for each in value)]
        elif isinstance(value, (list, tuple)):
            found += [flag, ",".join(str(each) for each in value)]
        else:
            found += [flag, str(value)]
    return found


def _failed(code: int, lines: Iterable[str]) -> Exception:
    said = [line for line in lines if not line.startswith(_JAVA_SAYS)]
    own = [line.removeprefix("compnn: ") for line in said if line.startswith("compnn: ")]
    if code == 2 and own:
        return CompNNError(own[-1])
    return CompNNFault(f"the program ended with code {code}: " + ("\n".join(said[-40:]) or "it said nothing"))


class Notes:
    """Shows lines of progress as they come: on a terminal and in a notebook each in place of the last."""

    def __init__(self) -> None:
        self._open = False
        self._over = sys.stderr.isatty() or "ipykernel" in sys.modules

    def line(self, text: str) -> None:
        passing = " of " in text and "/s" in text or "/min" in text
        if self._over and passing:
            sys.stderr.write("\r" + text.ljust(78))
            self._open = True
        else:
            self.end()
            sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def end(self) -> None:
        if self._open:
            sys.stderr.write("\n")
            self._open = False


def run(arguments: list[str], show: bool = True) -> str:
    """Runs a command to its end and returns what it printed; what it says meanwhile goes to ``sys.stderr``.
    Ctrl-C ends it in order: what it has done so far is kept where it can be gone on with."""
    environment = dict(os.environ)
    environment[_OPTIONS] = (environment.get(_OPTIONS, "") + " -Dcompnn.progress.seconds=1").strip()
    process = subprocess.Popen(
        [str(launcher()), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Ctrl-C is passed on once, by us: a notebook sends it to this process alone, a terminal to all.
        start_new_session=True,
        env=environment,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    lines: collections.deque[str] = collections.deque(maxlen=200)
    notes = Notes()
    out: list[str] = []

    def listen() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            text = line.rstrip("\n")
            if text.startswith(_JAVA_SAYS):
                continue
            lines.append(text)
            if show and not text.startswith("compnn: "):
                notes.line(text)

    def collect() -> None:
        assert process.stdout is not None
        out.append(process.stdout.read())

    threads = [threading.Thread(target=each, daemon=True) for each in (listen, collect)]
    for thread in threads:
        thread.start()
    try:
        while process.poll() is None:
            time.sleep(0.02)
    except BaseException:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_PATIENCE)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            process.kill()
        for thread in threads:
            thread.join(5)
        notes.end()
        for line in lines:
            if line.startswith("compnn: "):
                print(line, file=sys.stderr)
        raise
    for thread in threads:
        thread.join()
    notes.end()
    if process.returncode != 0:
        raise _failed(process.returncode, lines)
    return "".join(out)


def _end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        assert process.stdin is not None
        try:
            process.stdin.close()
            process.wait(5)
        except (OSError, subprocess.TimeoutExpired):
            process.kill()
            process.wait()


_running: "weakref.WeakSet[Server]" = weakref.WeakSet()


@atexit.register
def _end_all() -> None:
    for server in list(_running):
        server.close()


class Server:
    """``compnn serve`` on the loopback address, asked over its JSON interface. It ends with this interpreter, however that ends."""

    def __init__(self, arguments: list[str], token: bool) -> None:
        self._lines: collections.deque[str] = collections.deque(maxlen=200)
        self._local = threading.local()
        self._process = subprocess.Popen(
            [str(launcher()), "serve", *arguments, "--attached", *(["--token"] if token else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._finalizer = weakref.finalize(self, _end, self._process)
        listener = threading.Thread(target=_listen, args=(self._process, self._lines), daemon=True)
        listener.start()
        assert self._process.stdout is not None
        try:
            address = self._process.stdout.readline().strip()
        except BaseException:
            self.close()
            raise
        if not address:
            code = self._process.wait()
            listener.join(5)
            raise _failed(code, self._lines)
        parts = urllib.parse.urlsplit(address)
        self.address = address
        """Where a browser finds the page; with the token, where one is asked for."""
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._token = dict(urllib.parse.parse_qsl(parts.query)).get("token")
        _running.add(self)

    @property
    def closed(self) -> bool:
        return self._process.poll() is not None

    def close(self) -> None:
        """Ends the program. Does nothing the second time."""
        self._finalizer()

    def get(self, path: str) -> bytes:
        return self.ask("GET", path)

    def get_json(self, path: str) -> Any:
        return json.loads(self.get(path))

    def post_json(self, path: str, question: Any) -> bytes:
        return self.ask("POST", path, json.dumps(question).encode(), "application/json")

    def ask(self, method: str, path: str, body: Optional[bytes] = None, kind: Optional[str] = None) -> bytes:
        """Sends a request and returns the answer's bytes. Ctrl-C ends what the program does for it."""
        if self.closed:
            raise CompNNError("expected an open database, found that it was closed, or that its program ended; open it again")
        client = str(uuid.uuid4())
        headers = {"X-Client": client}
        if self._token:
            headers["Authorization"] = "Bearer " + self._token
        if kind:
            headers["Content-Type"] = kind
        try:
            status, answer = self._send(method, path, body, headers)
        except KeyboardInterrupt:
            self._forget()
            self._send("DELETE", "/api/work", None, headers)
            raise
        if status < 300:
            return answer
        try:
            message = json.loads(answer)["error"]["message"]
        except (ValueError, KeyError, TypeError):
            message = answer.decode("utf-8", "replace") or f"status {status}"
        if status == 404 and "expired" in message:
            raise _Expired(message)
        if status >= 500 and status != 503:
            raise CompNNFault(message + "\n" + "\n".join(self._lines))
        raise CompNNError(message)

    def _send(self, method: str, path: str, body: Optional[bytes], headers: Mapping[str, str]) -> tuple[int, bytes]:
        for last in (False, True):
            connection = self._connection()
            try:
                connection.request(method, path, body=body, headers=dict(headers))
                response = connection.getresponse()
                return response.status, response.read()
            except (http.client.HTTPException, OSError) as e:
                # The program closes connections that say nothing for a while.
                self._forget()
                if last:
                    raise CompNNFault(f"the program did not answer ({e!r}): " + "\n".join(self._lines)) from e
        raise AssertionError

    def _connection(self) -> http.client.HTTPConnection:
        # One for each thread, and none that a fork has taken along.
        if getattr(self._local, "of", None) != os.getpid():
            self._local.connection = http.client.HTTPConnection(self._host, self._port)
            self._local.of = os.getpid()
        connection: http.client.HTTPConnection = self._local.connection
        return connection

    def _forget(self) -> None:
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
        self._local.of = None


def _listen(process: "subprocess.Popen[str]", lines: "collections.deque[str]") -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if not line.startswith(_JAVA_SAYS):
            lines.append(line.rstrip("\n"))
