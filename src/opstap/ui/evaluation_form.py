"""The form of an evaluation: a row of big buttons for each task, a few taps for what went well, and one next step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.engine.shared import Reason
from opstap.journey.evaluations.enums import Strength
from opstap.journey.evaluations.operations import Seen
from opstap.journey.plans.enums import Level
from opstap.ui.words import say, texts, translate

if TYPE_CHECKING:
    from django.forms import BoundField

    from opstap.steering.overviews.queries.evaluation_page import AskedTask, EvaluationPage

_STEPS = ("go_on", "more_alone", "new_task")
_PRACTISE = "practise"


def level_word(level: Level) -> str:
    """Return a level in words: "with help"."""
    return translate(texts()[f"plans.level.{int(level)}"])


def _levels() -> list[tuple[str, str]]:
    return [(str(int(level)), level_word(level)) for level in Level]


class EvaluationForm(forms.Form):
    """What the work floor says. A task that was not seen stays on "not seen"; words of one's own go before what was tapped."""

    strengths = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    went_well = forms.CharField(
        label=_("Do you want to say more?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    next_step = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    own_step = forms.CharField(label=_("Or in your own words"), required=False, max_length=300)
    other = forms.ChoiceField(label=_("Another task"), required=False)
    other_level = forms.ChoiceField(label=_("How did it go?"), required=False)

    def __init__(self, page: EvaluationPage, data: Mapping[str, Any] | None = None, *, is_correction: bool = False) -> None:
        """Make a field for each task of the page; a correction begins with what was written, and asks why."""
        super().__init__(data, initial=_initial(page) if is_correction else None)
        self.page = page
        for task in page.tasks:
            choices = [*_levels(), ("", _("not seen"))]
            self.fields[_name(task.code)] = forms.ChoiceField(label=task.label, required=False, choices=choices, widget=forms.RadioSelect)
        self._choices("strengths", [(each.value, translate(texts()[f"evaluations.strength.{each.value}"])) for each in Strength])
        self._choices("next_step", _step_choices(page.tasks))
        groups = [(group.label, [(each.pk, each.label) for each in group.competences]) for group in page.others]
        self._choices("other", [("", _("Choose a task")), *groups])
        self._choices("other_level", [("", _("not seen")), *_levels()])
        if is_correction:
            self.fields["reason"] = forms.CharField(label=_("Why does it change?"), max_length=300)

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field has them

    def tasks(self) -> Iterator[tuple[AskedTask, BoundField]]:
        """Yield each task with its field."""
        for task in self.page.tasks:
            yield task, self[_name(task.code)]

    def said(self) -> dict[str, Any]:
        """Return what was said, as the operations take it."""
        given = self.cleaned_data
        kept = {task.code: task.words for task in self.page.seen}
        seen = [
            Seen(task.code, Level(int(chosen)), kept.get(task.code, "")) for task in self.page.tasks if (chosen := given[_name(task.code)])
        ]
        if given["other"] and given["other_level"]:
            seen.append(Seen(given["other"], Level(int(given["other_level"]))))
        steps = dict(_step_choices(self.page.tasks))
        return {
            "seen": seen,
            "strengths": [Strength(code) for code in given["strengths"]],
            "went_well": given["went_well"],
            "next_step": given["own_step"].strip() or steps.get(given["next_step"], ""),
        }


def _name(code: str) -> str:
    return f"seen_{code.replace('.', '-')}"


def _step_choices(tasks: tuple[AskedTask, ...]) -> list[tuple[str, str]]:
    """Return the next steps of one tap: something of every job, or practising one of the tasks."""
    usual = [(step, translate(texts()[f"evaluations.step.{step}"])) for step in _STEPS]
    return usual + [(f"{_PRACTISE}:{task.code}", say(Reason(f"evaluations.step.{_PRACTISE}", {"task": task.label}))) for task in tasks]


def _initial(page: EvaluationPage) -> dict[str, Any]:
    row = page.evaluation
    seen = {_name(task.code): str(int(task.level)) for task in page.seen}
    return {"strengths": row.strengths, "went_well": row.went_well or "", "own_step": row.next_step or "", **seen}
