"""The browser of the page tests: Debian's chromium where there is one, else Playwright's own.

``python tests/browser.py`` installs what is missing; ``make test`` calls it. Tests launch with
``playwright.chromium.launch(**launch_options())``.
"""

import os
import shutil
import subprocess
import sys
from typing import TypedDict


class LaunchOptions(TypedDict, total=False):
    """The arguments of ``chromium.launch`` that depend on the machine."""

    executable_path: str
    args: list[str]


def system_chromium() -> str | None:
    """Give the path of the system's chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def launch_options() -> LaunchOptions:
    """Say how to start the browser here; chromium refuses its sandbox to root."""
    options = LaunchOptions(args=["--no-sandbox"] if os.geteuid() == 0 else [])
    if path := system_chromium():
        options["executable_path"] = path
    return options


def install() -> None:
    """Make a browser available: nothing to do, by apt-get as root, or by Playwright."""
    if system_chromium():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        subprocess.run([*apt, "update"], check=False, env=env)
        subprocess.run(
            [*apt, "install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
            check=False,
            env=env,
            stdout=subprocess.DEVNULL,
        )
    if not system_chromium():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    install()
