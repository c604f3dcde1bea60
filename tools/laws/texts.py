"""Which texts the product shows: found in Python, templates, the tables of words and the rulebook, without gettext's own tools."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml
from django.utils.translation.template import templatize

from laws.source import PACKAGE, modules, name_of, tree

# how many leading arguments are texts, and whether the first is a context
SHAPES = {"gettext": (False, 1), "ngettext": (False, 2), "pgettext": (True, 1), "npgettext": (True, 2)}
TABLES = {"TEXTS", "CODES"}
CALL = re.compile(r"\b(n?p?gettext|_)\(\s*((?:u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*,?\s*)+)")


class Text(NamedTuple):
    """One text to translate, with the place that shows it."""

    context: str | None
    singular: str
    plural: str | None
    where: str


def shown_texts() -> list[Text]:
    """Return every text that the product can show."""
    found: list[Text] = []
    for path in modules():
        found += in_python(tree(path), name_of(path))
    for path in sorted(PACKAGE.rglob("templates/**/*.*")):
        found += in_template(path)
    for path in sorted(PACKAGE.rglob("rulesets/*.yaml")):
        found += [Text(None, title, None, name_of(path)) for title in _titles(yaml.safe_load(path.read_text(encoding="utf-8")))]
    return found


def in_python(module: ast.Module, where: str) -> Iterator[Text]:
    """Yield the texts of a module: calls of gettext under any name, literal calls of translate(), and tables of words."""
    names = _gettext_names(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            literals = [argument.value for argument in node.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
            yield from _text(names[node.func.id], literals, f"{where}:{node.lineno}")
        elif isinstance(node, ast.Assign | ast.AnnAssign) and _table_name(node) in TABLES and isinstance(node.value, ast.Dict):
            for value in node.value.values:
                if isinstance(value, ast.Constant) and value.value:
                    yield Text(None, str(value.value), None, f"{where}:{value.lineno}")


def in_template(path: Path) -> Iterator[Text]:
    """Yield the texts of a Django template."""
    for call in CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        literals = list(ast.literal_eval(f"({call[2].rstrip().rstrip(',')},)"))
        yield from _text("gettext" if call[1] == "_" else call[1], literals, name_of(path))


def _text(function: str, literals: list[str], where: str) -> Iterator[Text]:
    has_context, count = SHAPES[function]
    context = literals[0] if has_context and literals else None
    texts = literals[1:] if has_context else literals
    if len(texts) >= count and texts[0]:
        yield Text(context, texts[0], texts[1] if count > 1 else None, where)


def _gettext_names(module: ast.Module) -> dict[str, str]:
    """Return under which names a module knows the functions of gettext: {"_": "gettext", "later": "gettext"}."""
    names = {"translate": "gettext"}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                kind = alias.name.removesuffix("_lazy").removesuffix("_noop")
                if kind in SHAPES:
                    names[alias.asname or alias.name] = kind
    return names


def _table_name(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    return target.id if isinstance(target, ast.Name) else ""


def _titles(data: object) -> Iterator[str]:
    """Yield the `title` of everything in a rulebook."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "title" and isinstance(value, str):
                yield value
            else:
                yield from _titles(value)
    elif isinstance(data, list):
        for item in data:
            yield from _titles(item)
