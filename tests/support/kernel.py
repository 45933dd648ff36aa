"""A real Jupyter kernel, driven over its sockets as a front end does it."""

import os
import queue
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from jupyter_client.manager import KernelManager

CAP = 60.0
"""Seconds after which a kernel that does not answer has failed."""

ROOT = Path(__file__).parents[2]
Message = dict[str, Any]


@dataclass
class Outcome:
    """What became of a cell."""

    status: str = "running"
    error: str = ""
    message: str = ""
    stdout: str = ""
    stderr: str = ""
    value: str = ""
    outputs: list[Message] = field(default_factory=list)

    def add(self, message: Message) -> None:
        """Take over what one message says about the cell."""
        content, kind = message["content"], message["header"]["msg_type"]
        if kind == "stream":
            setattr(
                self, content["name"], getattr(self, content["name"]) + content["text"]
            )
        elif kind == "execute_result":
            self.value = content["data"]["text/plain"]
        elif kind in {"display_data", "error"}:
            self.outputs.append(content)
        elif kind == "execute_reply":
            self.status = content["status"]
            self.error, self.message = (
                content.get("ename", ""),
                content.get("evalue", ""),
            )


class Kernel:
    """A kernel with folders of its own, from entering to leaving the block.

    Code in the environment variable ``BOORU_NB_TEST_PRELUDE`` is its first cell.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self._environment = environment
        self._said: defaultdict[str, list[Message]] = defaultdict(list)
        self._sockets = TemporaryDirectory(prefix="k-")
        self._manager: Any = KernelManager(
            kernel_name="python3",
            connection_file=str(folder / "kernel.json"),
            # Sockets in a folder, which need no port that somebody else may take. Their
            # paths must be short.
            transport="ipc",
            ip=str(Path(self._sockets.name) / "k"),
        )
        self._client: Any = None

    def __enter__(self) -> Self:
        folders = {
            name: str(self.folder / name.lower())
            for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")
        }
        self._manager.start_kernel(
            cwd=str(self.folder),
            env={
                **os.environ,
                **folders,
                "PYTHONPATH": str(ROOT),
                "PYDEVD_DISABLE_FILE_VALIDATION": "1",
                **self._environment,
            },
        )
        self._connect()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.shutdown()

    def _connect(self) -> None:
        # A restarted kernel counts its requests from the beginning.
        self._said.clear()
        self._client = self._manager.client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=CAP)
        prelude = os.environ.get("BOORU_NB_TEST_PRELUDE")
        if prelude:
            self.execute(prelude)

    def shutdown(self) -> None:
        """Have the kernel end in order, its ``atexit`` hooks included."""
        if self._client is None:
            return
        self._client.stop_channels()
        self._client = None
        self._manager.shutdown_kernel(now=False)
        self._manager.cleanup_resources()
        self._sockets.cleanup()

    def restart(self) -> None:
        """Restart the kernel in order, its ``atexit`` hooks included."""
        self._client.stop_channels()
        self._manager.restart_kernel(now=False)
        self._connect()

    def interrupt(self) -> None:
        """Press the stop button."""
        self._manager.interrupt_kernel()

    @property
    def has_subshells(self) -> bool:
        """Whether the kernel can run callbacks on threads of their own."""
        self._client.kernel_info()
        reply = self._client.get_shell_msg(timeout=CAP)
        return "kernel subshells" in reply["content"].get("supported_features", [])

    def submit(self, code: str) -> str:
        """Queue a cell, and return the number of its request."""
        request: str = self._client.execute(code, stop_on_error=False)
        return request

    def execute(self, code: str) -> Outcome:
        """Run a cell to its end; an error in it fails the test."""
        outcome = self.outcome(self.submit(code))
        assert outcome.status == "ok", f"{outcome.error}: {outcome.message}"
        return outcome

    def ask_completions(self, code: str) -> str:
        """Ask for what may stand after this code, and return the request's number."""
        request: str = self._client.complete(code)
        return request

    def completions(self, request: str) -> list[str]:
        """Wait for the completions that were asked for."""
        said = self._said[request]

        def answers() -> list[Message]:
            return [each["content"] for each in said if "matches" in each["content"]]

        self._hear_until(lambda: bool(answers()), "the completions")
        matches: list[str] = answers()[0]["matches"]
        return matches

    def outcome(self, request: str) -> Outcome:
        """Wait until a cell has ended, and return what became of it."""
        self._hear_until(lambda: self._has_ended(request), f"the end of {request}")
        outcome = Outcome()
        for message in self._said[request]:
            outcome.add(message)
        return outcome

    def hear(self, request: str, text: str) -> None:
        """Wait until a cell has printed this text."""

        def heard() -> bool:
            streams = [m for m in self._said[request] if "text" in m["content"]]
            return text in "".join(m["content"]["text"] for m in streams)

        self._hear_until(heard, f"{text!r}")

    def _has_ended(self, request: str) -> bool:
        said = self._said[request]
        kinds = {message["header"]["msg_type"] for message in said}
        states = {message["content"].get("execution_state") for message in said}
        return "execute_reply" in kinds and "idle" in states

    def _hear_until(self, heard: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + CAP
        while not heard():
            if time.monotonic() > until:
                raise TimeoutError(f"The kernel did not say {what} in {CAP:g} seconds.")
            for channel in (self._client.iopub_channel, self._client.shell_channel):
                self._hear_channel(channel)

    def _hear_channel(self, channel: Any) -> None:
        try:
            message = channel.get_msg(timeout=0.02)
        except queue.Empty:
            return
        self._said[message["parent_header"].get("msg_id", "")].append(message)
        if message["header"]["msg_type"] == "comm_msg":
            self._said[message["content"]["comm_id"]].append(message)

    def _control(self, kind: str, **content: Any) -> Message:
        channel = self._client.control_channel
        channel.send(self._client.session.msg(kind, content))
        reply: Message = channel.get_msg(timeout=CAP)
        return reply

    @contextmanager
    def subshell(self) -> Iterator[str]:
        """Have a subshell, on a thread and a loop of its own; give its id."""
        subshell: str = self._control("create_subshell_request")["content"][
            "subshell_id"
        ]
        try:
            yield subshell
        finally:
            self._control("delete_subshell_request", subshell_id=subshell)

    def open_comm(self, target: str, **data: Any) -> str:
        """Open a comm to a target that is registered in the kernel."""
        comm = uuid4().hex
        content = {"comm_id": comm, "target_name": target, "data": data}
        self._send("comm_open", content, None)
        return comm

    def send_comm(self, comm: str, *, subshell: str | None = None, **data: Any) -> None:
        """Send a message on a comm, to the main shell or to a subshell."""
        self._send("comm_msg", {"comm_id": comm, "data": data}, subshell)

    def _send(self, kind: str, content: Message, subshell: str | None) -> None:
        message = self._client.session.msg(kind, content)
        message["header"]["subshell_id"] = subshell
        self._client.shell_channel.send(message)

    def answers(self, comm: str, number: int = 1) -> list[Any]:
        """Wait for so many messages on a comm, and return their data, in order."""
        self._hear_until(
            lambda: len(self._said[comm]) >= number, f"an answer on {comm}"
        )
        return [message["content"]["data"] for message in self._said[comm]]
