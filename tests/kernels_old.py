"""Run the tests of the kernel against older kernels: ``python tests/kernels_old.py``.

For each ipykernel named below, a virtual environment is made in a temporary folder,
with this package from the working tree, and ``tests/kernel`` is run in it twice: as it
is, and in kernels where nest_asyncio 1.6 was applied first. It takes some minutes,
needs the package index, and leaves nothing behind. Arguments go to pytest.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
KERNELS = ["ipykernel==6.29.5", "ipykernel==7.1.0"]
TOOLS = ["nest_asyncio==1.6.0", "jupyter-client>=8.6", "pytest>=8.4", "pytest-timeout"]
PRELUDES = {
    "as it is": "",
    "with nest_asyncio 1.6 applied first": "import nest_asyncio; nest_asyncio.apply()",
}


def environment(folder: Path, kernel: str) -> Path:
    """Make a virtual environment with this kernel, and return its Python."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", str(ROOT)]
    subprocess.run([*install, kernel, *TOOLS], check=True)
    return python


def passes(python: Path, prelude: str, arguments: list[str]) -> bool:
    """Run the tests, show their last line, and tell whether all passed."""
    result = subprocess.run(
        [str(python), "-m", "pytest", "tests/kernel", "-q", *arguments],
        cwd=ROOT,
        env={**os.environ, "BOORU_NB_TEST_PRELUDE": prelude},
        capture_output=True,
        text=True,
        check=False,
    )
    *report, last = result.stdout.strip().splitlines() or [result.stderr]
    if result.returncode:
        print(*report, sep="\n")  # noqa: T201  this is what the script is for
    print("   ", last, flush=True)  # noqa: T201
    return result.returncode == 0


def main() -> int:
    """Run all, and return how many of the runs failed."""
    failed = 0
    for kernel in KERNELS:
        with tempfile.TemporaryDirectory(prefix="booru-nb-kernel-") as folder:
            python = environment(Path(folder), kernel)
            for name, prelude in PRELUDES.items():
                print(f"{kernel}, {name}:", flush=True)  # noqa: T201
                failed += not passes(python, prelude, sys.argv[1:])
    return failed


if __name__ == "__main__":
    sys.exit(main())
