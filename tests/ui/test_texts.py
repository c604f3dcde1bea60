"""Texts of templates are translated once for each language."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.translation import override


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("{% translate 'Log out' %}", "Afmelden", "Log out"),
        ("{% translate 'Log out' as out %}[{{ out }}]", "[Afmelden]", "[Log out]"),
        ("{% trans 'Log out' %}", "Afmelden", "Log out"),
        ("{% translate said %}", "Afmelden", "Log out"),
        ("{% translate 'since' context 'rules' %}, {% translate 'since' context about %}", "sinds, sinds", "since, since"),
        ("{% translate 'Log out'|upper %}", "AFMELDEN", "LOG OUT"),
        ("{% translate 'Log out' noop %}", "Log out", "Log out"),
        ("{% translate '<b> %' %}", "<b> %", "<b> %"),
    ],
)
def test_translate_follows_the_language(text: str, dutch: str, english: str) -> None:
    """The same template twice in each language, in turn: what one language says is not what the other says."""
    template, found = Template("{% load i18n %}" + text), []
    for language in ("nl", "en", "nl", "en"):
        with override(language):
            found.append(template.render(Context({"said": "Log out", "about": "rules"})))
    assert found == [dutch, english, dutch, english]
