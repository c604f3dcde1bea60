"""The browser for the browser tests: one that is here, or Debian's package."""

from __future__ import annotations

import os
import shutil
import subprocess

from door.speech import Stopped, tell

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str:
    """Return the path of a Chromium; installs Debian's as root; raises Stopped when there is none."""
    given = os.environ.get("OPSTAP_CHROMIUM")
    for name in (given, *NAMES):
        found = shutil.which(name) if name else None
        if found:
            return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        tell("Installing Chromium for the browser tests (once) ...")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *arguments], check=False, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        found = shutil.which("chromium")
        if found:
            return found
    raise Stopped(
        "The browser tests need Chromium: apt-get install chromium, or set OPSTAP_CHROMIUM to its path. "
        "Without the browser: ./opstap test tests/engine tests/journey"
    )
