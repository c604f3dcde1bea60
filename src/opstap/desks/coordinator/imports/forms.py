"""Forms of the lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from opstap.journey.imports.enums import ListKind
from opstap.journey.imports.queries.rows import Cell, Problem
from opstap.ui.components.status import reason

_MEGABYTE = 1024 * 1024
_MOST_MEGABYTES = 20


class UploadForm(forms.Form):
    """Which list, of which day, for which programme."""

    kind = forms.ChoiceField(
        label=later("What is in the list?"),
        choices=[(ListKind.PEOPLE.value, later("Job seekers")), (ListKind.PLACES.value, later("Places and mentors"))],
        widget=forms.RadioSelect,
        initial=ListKind.PEOPLE.value,
    )
    file = forms.FileField(
        label=later("The file"), help_text=later("Excel, LibreOffice or CSV, at most 20 MB. Columns may be in any order.")
    )
    as_of = forms.DateField(
        label=later("On which day was this list right?"),
        help_text=later("What somebody noted after this day is not overwritten."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    programme = forms.ChoiceField(label=later("Programme"))

    def __init__(self, *args: Any, programmes: Iterable[tuple[str, str]], today: date, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        choices = list(programmes)
        chosen = self.fields["programme"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = choices
        chosen.initial = choices[0][0]
        if len(choices) == 1:
            chosen.widget = forms.HiddenInput()
        self.fields["as_of"].initial = today

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > _MOST_MEGABYTES * _MEGABYTE:
            raise forms.ValidationError(_("This file is larger than 20 MB. Split the list, or take out pictures."))
        return file


class CorrectionForm(forms.Form):
    """The cells of a row: those with a problem first, each with what is wrong; a field left as it was changes nothing."""

    def __init__(self, *args: Any, cells: Iterable[Cell], problems: Iterable[Problem], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        wrong = {problem.column: problem for problem in problems if problem.is_cell}
        numbered = list(enumerate(cells))
        self._cells = {f"cell-{number}": cell for number, cell in numbered}
        for number, cell in sorted(numbered, key=lambda item: item[1].header not in wrong):
            problem = wrong.get(cell.header)
            self.fields[f"cell-{number}"] = forms.CharField(
                label=cell.header,
                required=False,
                max_length=2000,
                initial=cell.text,
                help_text=_help(cell, problem),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        self._wrong = wrong

    @property
    def wrong_fields(self) -> list[forms.BoundField]:
        """The fields of the cells with a problem."""
        return [self[name] for name, cell in self._cells.items() if cell.header in self._wrong]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The fields of the other cells."""
        return [self[name] for name, cell in self._cells.items() if cell.header not in self._wrong]

    def corrected(self) -> dict[str, str]:
        """Return the cells whose text was changed, by header; a cell that was not sent stays as it is."""
        given = {name: self.cleaned_data.get(name, "") for name in self._cells if name in self.data}
        return {self._cells[name].header: text for name, text in given.items() if text != self._cells[name].text}


def _help(cell: Cell, problem: Problem | None) -> str:
    if problem is not None:
        return reason(problem.reason)
    return _("Filled in, and not shown here. Type only to replace it.") if cell.is_hidden else ""
