"""Reads the command line and goes to the right command."""

from __future__ import annotations

from collections.abc import Callable

from door import commands
from door.children import interrupt_on_signals
from door.speech import Stopped, tell
from door.whereabouts import Whereabouts

Command = Callable[[Whereabouts, list[str]], int]
COMMANDS: dict[str, Command] = {
    "demo": commands.demo,
    "test": commands.test,
    "match": commands.match,
    "roster": commands.roster,
    "import": commands.import_lists,
    "serve": commands.serve,
    "worker": commands.worker,
    "migrate": commands.migrate,
    "manage": commands.manage_product,
    "backup": commands.backup,
    "restore": commands.restore,
    "check": commands.check,
    "bench": commands.bench,
    "proof": commands.proof,
}
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run the command that the first argument names; return the exit code."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name in ("help", "-h", "--help"):
        tell(overview())
        return 0
    if name not in COMMANDS:
        tell(f"There is no command '{name}'.\n\n{overview()}")
        return 2
    interrupt_on_signals()
    try:
        return COMMANDS[name](Whereabouts.here(), rest)
    except Stopped as stopped:
        tell(str(stopped))
        return stopped.code
    except KeyboardInterrupt:
        return INTERRUPTED


def overview() -> str:
    """Return the list of commands, each with the first line of what it says about itself."""
    lines = [f"  {name:<8} {(command.__doc__ or '').strip()}" for name, command in COMMANDS.items()]
    return "\n".join(["Usage: ./opstap <command>", "", *lines])
