"""Markup written at once is what Django writes, escaped alike."""

from __future__ import annotations

from django import forms
from django.test.html import parse_html
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from opstap.ui.markup import filled
from opstap.ui.widgets import LongSelect, TextLine

SHARP = """<b> & "both" 'quotes'"""


def test_filled_escapes_as_format_html_does() -> None:
    """Text, numbers and lazy texts are escaped, markup stays as it is."""
    template = "<p class='{kind}'>{}{}{}</p>"
    values = (SHARP, SafeString("<i>x</i>"), gettext_lazy("Place"))
    assert filled(template, *values, kind=7) == format_html(template, *values, kind=7)


def test_text_line_writes_what_a_text_input_writes() -> None:
    """With a value, without one, and with attributes that are switched off."""
    attrs = {"id": "id_zoek", "required": False, "maxlength": "9", "aria-invalid": "true"}
    given = [("zoek", SHARP, attrs), ("zoek", None, attrs), ("zoek", "", None)]
    assert [parse_html(TextLine().render(*each)) for each in given] == [parse_html(forms.TextInput().render(*each)) for each in given]


def test_long_select_writes_what_a_select_writes() -> None:
    """The chosen option too."""
    choices = [("", "all"), ("a", SHARP), ("b", "B")]
    long, plain = (widget(choices=choices).render("host", "a", {"id": "id_host"}) for widget in (LongSelect, forms.Select))
    assert parse_html(long) == parse_html(plain)
