"""A real JupyterLab on loopback, started for tests and stopped in order."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]

SETTINGS: dict[str, dict[str, Any]] = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings": {"autosave": False},
}


def free_port() -> int:
    """Return a port of loopback that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


class Lab:
    """A JupyterLab with a home of its own, which leaves nothing behind.

    Parameters
    ----------
    folder : Path
        Where its notebooks lie.
    python : str, optional
        The interpreter that runs it (default: this one).
    environment : Mapping of str to str, optional
        Further variables for it and its kernels.
    settings : Mapping, optional
        Further user settings, by the path of their file.
    """

    def __init__(
        self,
        folder: Path,
        *,
        python: str = sys.executable,
        environment: Mapping[str, str] | None = None,
        settings: Mapping[str, dict[str, Any]] | None = None,
    ) -> None:
        self.folder = folder
        self.token = secrets.token_hex(16)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._home = Path(tempfile.mkdtemp(prefix="lab-home-"))
        self._write_settings({**SETTINGS, **(settings or {})})
        self._log = (self._home / "server.log").open("wb")
        self.process = subprocess.Popen(
            [python, "-m", "jupyterlab", *self._options()],
            env={**os.environ, **self._environment(), **(environment or {})},
            cwd=folder,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _write_settings(self, settings: Mapping[str, dict[str, Any]]) -> None:
        for name, values in settings.items():
            path = self._home / "settings" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))

    def _options(self) -> list[str]:
        return [
            "--no-browser",
            "--allow-root",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.folder}",
            f"--IdentityProvider.token={self.token}",
            "--LabApp.expose_app_in_browser=True",
            "--LabApp.extension_manager=readonly",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.news_url=",
        ]

    def _environment(self) -> dict[str, str]:
        home = self._home
        folders = {
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "jupyter",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "IPYTHONDIR": "ipython",
            "BOORU_NB_DATA": "library",
            "BOORU_NB_CACHE": "cache",
        }
        return {
            **{name: str(home / folder) for name, folder in folders.items()},
            # The kernels import the code that is tested, installed or not.
            "PYTHONPATH": str(ROOT),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }

    def ask(self, path: str, method: str = "GET") -> Any:
        """Ask Jupyter's REST interface, and return the answer's JSON."""
        request = urllib.request.Request(  # noqa: S310 (loopback)
            f"{self.url}/api/{path}",
            method=method,
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None

    def wait(self, seconds: float = 60) -> Self:
        """Return when the server answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"JupyterLab ended:\n{self.log()}")
            try:
                self.ask("status")
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise TimeoutError(self.log())

    def log(self) -> str:
        """Return the end of what the server has logged."""
        return (self._home / "server.log").read_text(errors="replace")[-4000:]

    def kernel_pids(self) -> list[int]:
        """Return the processes of the kernels, oldest first."""
        import psutil  # noqa: PLC0415 (only a few tests look at processes)

        children = psutil.Process(self.process.pid).children(recursive=True)
        kernels = [c for c in children if "ipykernel" in " ".join(c.cmdline())]
        return [c.pid for c in sorted(kernels, key=lambda c: c.create_time())]

    def stop(self) -> None:
        """Shut the kernels down, so that their exit hooks run, and then the server."""
        try:
            if self.process.poll() is None:
                for kernel in self.ask("kernels"):
                    self.ask(f"kernels/{kernel['id']}", "DELETE")
        except urllib.error.URLError:
            pass  # a server that no longer answers is ended all the same
        finally:
            self._end()

    def _end(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(8)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._log.close()
        shutil.rmtree(self._home, ignore_errors=True)
