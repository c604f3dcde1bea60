"""Forms that help: one field at a time, errors beside the field and gathered at the top, a key so that twice is once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.forms.boundfield import BoundField

_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def field(bound: BoundField, *, autocomplete: str = "", inputmode: str = "", optional: bool = True, rows: int = 0) -> dict[str, Any]:
    """Return a form field's props: label, help, error and input tied together for screen readers.

    `optional` shows "(may stay empty)" behind the label of a field that is not required.
    """
    described = [f"{bound.auto_id}_helptext"] * bool(bound.help_text) + [f"{bound.auto_id}_error"] * bool(bound.errors)
    is_group = isinstance(bound.field.widget, _GROUPS)
    extra = {
        "autocomplete": autocomplete,
        "inputmode": inputmode,
        "rows": rows or (4 if isinstance(bound.field.widget, forms.Textarea) else ""),
        "aria-describedby": " ".join(described),
    }
    attrs: dict[str, Any] = {name: value for name, value in extra.items() if value and not is_group}
    if bound.errors and not is_group:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "widget": bound.as_widget(attrs=attrs),
        "is_group": is_group,
        "is_check": isinstance(bound.field.widget, forms.CheckboxInput),
        "is_hidden": bound.is_hidden,
        "is_optional": optional and not bound.field.required,
        "described": " ".join(described),
    }


def error_summary(form: forms.BaseForm, refusal: str = "") -> dict[str, Any]:
    """Return the props of the box on top of a form: every error as a link to its field, and `refusal` (why the operation said no)."""
    links = [(bound.id_for_label or bound.auto_id, str(bound.label), list(bound.errors)) for bound in form if bound.errors]
    return {"links": links, "general": [*([refusal] if refusal else []), *form.non_field_errors()]}


def idempotency_key() -> str:
    """Return a fresh key for a form that writes: sent twice, it works once."""
    return str(uuid4())
