"""Every field has a privacy class, every row a retention class, and no room is seen from an earlier one."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from opstap.foundation.fields import Privacy, Retention

MODELS = [model for model in apps.get_models() if model.__module__.startswith("opstap.")]


def room(model: type[Model]) -> str:
    """Return the room of a model: "people"."""
    return model._meta.app_label


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_field_has_a_privacy_class(model: type[Model]) -> None:
    """Nobody adds a field without saying how carefully it is kept."""
    fields = {field.name for field in model._meta.get_fields() if (field.concrete and not field.auto_created) or field.name == "id"}
    classes: dict[str, Privacy] = getattr(model, "privacy", {})
    assert (set(classes), {type(value) for value in classes.values()}) == (fields, {Privacy})


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_row_has_a_retention_class(model: type[Model]) -> None:
    """Nobody adds a table without saying how long its rows are kept."""
    assert isinstance(getattr(model, "retention", None), Retention)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_relation_does_not_look_ahead(model: type[Model]) -> None:
    """A foreign key to another room leaves no accessor there: an earlier room never sees a later one."""
    relations = [field for field in model._meta.get_fields() if isinstance(field, ForeignKey)]
    ahead = [field.name for field in relations if room(field.related_model) != room(model) and not field.remote_field.hidden]
    assert ahead == []
