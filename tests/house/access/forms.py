"""The forms on a page as a browser has them: where they go, and each field with what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve

PLAUSIBLE = {"date": "2023-10-02", "number": "1", "email": "an@example.be", "tel": "059 00 00 00"}
GUARDS = ("csrfmiddlewaretoken", "once_key")
Value = str | list[str] | SimpleUploadedFile


@dataclass
class Field:
    """One name in a form, its kind, what can be chosen and what stands in it."""

    name: str
    kind: str
    choices: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)

    @property
    def plausible(self) -> Value:
        """What somebody would send: what stands there, else the first choice, else something of the kind."""
        if self.kind == "file":
            return SimpleUploadedFile("lijst.csv", b"naam;voornaam\nPeeters;An\n")
        if self.values and any(self.values):
            return self.values
        return next((choice for choice in self.choices if choice), PLAUSIBLE.get(self.kind, "een goede reden"))


@dataclass
class Form:
    """A form of a page: `method` in capitals, `action` as the browser resolves it for a page without query."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """The names of all fields."""
        return set(self.fields)

    def filled_in(self) -> dict[str, Value]:
        """Return what somebody would send who leaves what stands there, fills in what is empty and presses the first button."""
        return {name: each.plausible for name, each in self.fields.items()} | dict(self.buttons[:1])


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._field: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(has.get("method", "get").upper(), has.get("action") or self.page)
            self.forms.append(self._form)
        elif self._form is not None and tag == "option" and self._field is not None:
            self._choose(self._field, has.get("value", ""), is_chosen="selected" in has)
        elif self._form is not None and has.get("name"):
            self._take(self._form, tag, has)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._field = None

    def _take(self, form: Form, tag: str, has: dict[str, str]) -> None:
        if tag == "button" or has.get("type") == "submit":
            form.buttons.append((has["name"], has.get("value", "")))
            return
        kind = has.get("type", "text") if tag == "input" else tag
        one = form.fields.setdefault(has["name"], Field(has["name"], kind))
        if kind in ("radio", "checkbox"):
            self._choose(one, has.get("value", "on"), is_chosen="checked" in has)
        elif kind == "select":
            self._field = one
        elif kind != "file" and has.get("value"):
            one.values.append(has["value"])

    @staticmethod
    def _choose(one: Field, value: str, *, is_chosen: bool) -> None:
        one.choices.append(value)
        if is_chosen:
            one.values.append(value)


def goal(form: Form) -> str:
    """Return the name of the address to which a form goes; a form that goes nowhere stands in the gallery."""
    path = urlsplit(form.action).path
    return "gallery" if not path or path == "/galerij/" else resolve(path).view_name


def forms_on(page: str, address: str) -> list[Form]:
    """Return the forms of a page in order."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms


def writing_forms(page: str, address: str) -> list[Form]:
    """Return the forms that write something of ours: posted, and not the login library's."""
    return [form for form in forms_on(page, address) if form.method == "POST" and not form.action.startswith("/account/")]
