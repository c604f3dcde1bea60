"""A form field ties label, help, error and input together; a form that writes carries its key."""

from __future__ import annotations

import re

from django import forms
from django.template import Context, Template
from django.utils import translation


class Sample(forms.Form):
    """One field of each kind that is drawn differently."""

    name = forms.CharField(label="Naam", help_text="Zoals op je kaart.")
    travel = forms.ChoiceField(label="Hoe kom je?", widget=forms.RadioSelect, choices=[("bike", "Fiets"), ("walk", "Te voet")])
    agrees = forms.BooleanField(label="Gelezen", required=False)
    remark = forms.CharField(label="Opmerking", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(source: str, **context: object) -> str:
    with translation.override("nl"):
        return Template("{% load opstap %}" + source).render(Context(context))


def test_field_with_error_points_to_help_and_error() -> None:
    """A screen reader hears the help and the error with the input."""
    html = drawn('{% field form.name autocomplete="name" %}', form=Sample({}))
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    assert [html.count(f'id="{part}"') for part in described[1].split()] == [1, 1]
    assert ('aria-invalid="true"' in html, 'autocomplete="name"' in html) == (True, True)


def test_field_without_error_is_not_invalid() -> None:
    """A field that was not sent yet is not called wrong."""
    assert drawn("{% field form.name %}", form=Sample()).count("aria-invalid") == 0


def test_field_group_is_a_fieldset_with_legend() -> None:
    """Radio buttons stand in a fieldset; each has its own label."""
    html = drawn("{% field form.travel %}", form=Sample())
    assert (html.count("<fieldset"), html.count("<legend>Hoe kom je?"), html.count("<label")) == (1, 1, 2)


def test_field_check_box_has_one_label_around_it() -> None:
    """A check box is as large to click as its text."""
    html = drawn("{% field form.agrees %}", form=Sample())
    assert re.sub(r"\s+", " ", html).count('<label class="choice" for="id_agrees">') == 1


def test_field_optional_says_so_unless_told_not_to() -> None:
    """What may stay empty says so; in a bar of filters it need not."""
    one = drawn("{% field form.remark %}", form=Sample())
    two = drawn("{% field form.remark optional=False %}", form=Sample())
    assert (one.count("(mag leeg blijven)"), two.count("(mag leeg blijven)")) == (1, 0)


def test_field_hidden_is_only_its_input() -> None:
    """A hidden field draws no label."""
    assert drawn("{% field form.token %}", form=Sample()).strip().startswith('<input type="hidden"')


def test_error_summary_links_to_each_field() -> None:
    """Every error on top is a link to a field on the page; the refusal stands first."""
    form = Sample({})
    html = drawn('{% error_summary form "De plaats is net ingevuld." %}{% for item in form %}{% field item %}{% endfor %}', form=form)
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert targets == ["id_name", "id_travel"]
    assert [html.count(f'id="{target}"') for target in targets] == [1, 1]
    assert html.index("net ingevuld") < html.index("#id_name")


def test_error_summary_of_a_right_form_is_nothing() -> None:
    """A form without errors shows no box."""
    assert drawn("{% error_summary form %}", form=Sample()).strip() == ""


def test_form_guard_gives_each_form_its_own_key() -> None:
    """Two forms on one page are two acts, so they have two keys."""
    keys = re.findall(r'name="once_key" value="([^"]+)"', drawn("{% form_guard %}{% form_guard %}"))
    assert (len(keys), len(set(keys))) == (2, 2)


def test_field_escapes_what_was_typed() -> None:
    """What a stranger types comes back as text."""
    html = drawn("{% field form.name %}", form=Sample({"name": '"><script>alert(1)</script>'}))
    assert html.count("<script") == 0


def test_field_text_area_starts_small() -> None:
    """Four lines invite a sentence; who asks for more gets more."""
    form = type("Long", (forms.Form,), {"why": forms.CharField(widget=forms.Textarea)})()
    sizes = [drawn("{% field form.why %}", form=form), drawn("{% field form.why rows=9 %}", form=form)]
    assert [re.findall(r'rows="(\d+)"', html) for html in sizes] == [["4"], ["9"]]
