"""The real web server over the database of the proof, and a browser that clicks without waiting for pictures."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.db import connection

from door.web import free_port, is_answering, web_command
from door.whereabouts import Whereabouts

GUARDED = "opstap.config.wsgi:application"
UNGUARDED = "tests.proof.unguarded:application"
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|once_key)" value="([^"]+)"')
STARTING = 60.0


def database_url() -> str:
    """Return the address of the database that this test uses."""
    given = connection.settings_dict
    return f"postgresql:///{given['NAME']}?" + urlencode({"host": given["HOST"], "user": given["USER"], "port": given["PORT"] or 5432})


@contextmanager
def serving(application: str, today: str) -> Iterator[int]:
    """Run the product with its two processes of eight threads; yield the port, and stop the processes afterwards."""
    places, port = Whereabouts.here(), free_port()
    roots = [places.root / "src", places.root, places.root / "tools"]
    own = os.environ | {"DATABASE_URL": database_url(), "OPSTAP_MODE": "test", "OPSTAP_TODAY": today}
    own |= {"PYTHONPATH": os.pathsep.join(str(root) for root in roots), "DJANGO_SETTINGS_MODULE": "opstap.config.settings"}
    command = [sys.executable, *web_command(places, f"127.0.0.1:{port}", [])[1:]]
    command[command.index(GUARDED)] = application
    server = subprocess.Popen(command, env=own, cwd=places.root)
    try:
        _wait_for(f"http://127.0.0.1:{port}", server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if is_answering(address):
                return
        except OSError:
            pass
        time.sleep(0.1)
    msg = "the web server did not start"
    raise RuntimeError(msg)


@dataclass
class Answer:
    """What came back: the status, where it leads, and the page."""

    status: int
    location: str
    page: str


@dataclass
class Browser:
    """One client with its own connection and cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        """Send one request and return its answer; redirects are left to the caller."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, urlencode(form) if form is not None else None, headers)
            response = line.getresponse()
            for cookie in response.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            location = urlsplit(response.headers.get("Location") or "").path
            return Answer(response.status, location, response.read().decode())
        finally:
            line.close()

    def form_at(self, path: str) -> dict[str, str]:
        """Open a page and return the hidden fields of its form."""
        return dict(HIDDEN.findall(self.ask("GET", path).page))
