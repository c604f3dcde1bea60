"""Widgets that write themselves without a template per choice: a select of a hundred hosts costs next to nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from opstap.ui.markup import filled

_SELECTED = SafeString(" selected")


class LongSelect(forms.Select):
    """A select with many flat choices; it writes what `forms.Select` writes, at once."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None) -> SafeString:  # noqa: ANN401, ARG002 - Django's signature
        """Return the select with the value chosen."""
        chosen = set(self.format_value(value))
        rows = [(key, _SELECTED if str(key) in chosen else "", label) for key, label in self.choices]
        options = SafeString("".join([filled('<option value="{}"{}>{}</option>', *row) for row in rows]))
        return filled("<select{}>{}</select>", flatatt(self.build_attrs({"name": name} | self.attrs, attrs)), options)


class TextLine(forms.TextInput):
    """A line of text; it writes what `forms.TextInput` writes, at once."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None) -> SafeString:  # noqa: ANN401, ARG002 - Django's signature
        """Return the input with its value."""
        text = self.format_value(value)
        given = {"type": self.input_type, "name": name} | ({} if text is None else {"value": text})
        return filled("<input{}>", flatatt(given | self.build_attrs(self.attrs, attrs)))
