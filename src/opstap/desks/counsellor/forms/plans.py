"""Forms of a plan: where somebody wants to go, a goal, an action, what somebody can do, a remark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opstap.engine.shared import Reason
from opstap.journey.plans.enums import ActionOwner, Focus, Level
from opstap.ui.components.status import reason as in_words
from opstap.ui.day_field import DayInput

if TYPE_CHECKING:
    from opstap.journey.plans.queries import CompetenceGroup

_NO_HEALTH = lazy("Write what somebody does, not how somebody's health is.")


def level_choices() -> list[tuple[str, str]]:
    """Return the four levels in words, after nothing."""
    return [("", "–"), *((str(int(level)), in_words(Reason(f"plans.level.{int(level)}"))) for level in Level)]


class AimForm(forms.Form):
    """Where the person wants to go."""

    aim = forms.CharField(label=lazy("Where does the person want to go?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)


class CompetenceForm(forms.Form):
    """A choice from the catalogue; the work of the own place stands first."""

    competence = forms.ChoiceField(label=lazy("Competence"))

    def __init__(self, *args: Any, groups: Iterable[CompetenceGroup], **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Offer the groups."""
        super().__init__(*args, **kwargs)
        field = self.fields["competence"]
        if isinstance(field, forms.ChoiceField):
            offered = [(group.label, [(each.pk, each.label) for each in group.competences]) for group in groups]
            field.choices = [("", _("Choose")), *offered]


class GoalForm(CompetenceForm):
    """What somebody wants to reach; the words may be those of a competence."""

    field_order = ("focus", "competence", "text", "target_on")
    focus = forms.ChoiceField(label=lazy("What is it about?"))
    text = forms.CharField(
        label=lazy("What does the person want to reach?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500, required=False
    )
    target_on = forms.DateField(label=lazy("By when?"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put the subjects in words; a goal need not be about a competence."""
        super().__init__(*args, **kwargs)
        focus, self.fields["competence"].required = self.fields["focus"], False
        self.fields["text"].help_text = _NO_HEALTH
        self.fields["competence"].help_text = _("Without words of your own its name is the goal.")
        if isinstance(focus, forms.ChoiceField):
            focus.choices = [(each.value, in_words(Reason(f"plans.focus.{each.value}"))) for each in Focus]


class ActionForm(forms.Form):
    """What is done, by whom, by when."""

    text = forms.CharField(label=lazy("What will be done?"), max_length=500, help_text=_NO_HEALTH)
    owner = forms.ChoiceField(label=lazy("Who does it?"))
    owner_name = forms.CharField(label=lazy("Name, when it is somebody else"), max_length=100, required=False)
    due_on = forms.DateField(label=lazy("By when?"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put the owners in words."""
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        if isinstance(owner, forms.ChoiceField):
            owner.choices = [(each.value, in_words(Reason(f"plans.owner.{each.value}"))) for each in ActionOwner]


class LevelForm(CompetenceForm):
    """What somebody can do of a competence now, and wants to be able to do."""

    present = forms.ChoiceField(label=lazy("Now"), required=False)
    future = forms.ChoiceField(label=lazy("Wants to be able to"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put the levels in words."""
        super().__init__(*args, **kwargs)
        for name in ("present", "future"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = level_choices()

    def level(self, name: str) -> Level | None:
        """Return the level that was chosen, or None."""
        given = self.cleaned_data[name]
        return Level(int(given)) if given else None


class RemarkForm(forms.Form):
    """What somebody says about the plan."""

    text = forms.CharField(label=lazy("Say something about the plan"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
