"""The web server and the worker: which commands they are, on which address, and whether they answer."""

from __future__ import annotations

import http.client
import os
import socket
import webbrowser
from collections.abc import Mapping

from door.children import Children
from door.speech import Stopped
from door.whereabouts import Whereabouts

FIRST_PORT = 8000
PORTS = 100
STARTING = 60.0  # seconds the web server gets to answer for the first time


def free_port() -> int:
    """Return the first free port of this machine from 8000; raises Stopped when a hundred are taken."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Stopped(f"No free port between {FIRST_PORT} and {FIRST_PORT + PORTS - 1}.")


def web_command(places: Whereabouts, bind: str, extra: list[str]) -> list[str]:
    """Return the command of the web server: two processes of eight threads unless `extra` says otherwise; both share what is read once."""
    gunicorn = [places.python, "-m", "gunicorn", "opstap.config.wsgi:application", "--worker-class", "gthread"]
    return [
        *gunicorn,
        "--workers",
        "2",
        "--threads",
        "8",
        "--bind",
        bind,
        "--log-level",
        "warning",
        "--graceful-timeout",
        "10",
        "--no-control-socket",
        "--preload",
        *extra,
    ]


def worker_command(places: Whereabouts, extra: list[str]) -> list[str]:
    """Return the command of the worker for work in the background."""
    return [places.python, "-m", "django", "procrastinate", "worker", *extra]


def start_web(group: Children, places: Whereabouts, environment: Mapping[str, str], port: int) -> str:
    """Start the web server on this machine; return its address, where it answers some seconds later."""
    group.start("web server", web_command(places, f"127.0.0.1:{port}", []), environment, places.root)
    return f"http://127.0.0.1:{port}"


def start_worker(group: Children, places: Whereabouts, environment: Mapping[str, str]) -> None:
    """Start the worker for work in the background, which needs its tables."""
    group.start("worker", worker_command(places, ["--concurrency", "2"]), environment, places.root)


def wait_for(group: Children, address: str) -> None:
    """Return once the web server answers; raises Stopped when a child ends or the server takes too long."""
    waited = 0.0

    def answers() -> bool:
        nonlocal waited
        waited += 0.1
        if waited > STARTING:
            raise Stopped(f"The web server did not answer on {address} within {STARTING:.0f} seconds.")
        return is_answering(address)

    group.watch(answers, pause=0.1)


def is_answering(address: str) -> bool:
    """Return whether a web server answers there, whatever it says."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def show(address: str) -> None:
    """Open the browser, only where the person has a display."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(address)
