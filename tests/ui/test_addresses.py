"""An address from memory is the address Django gives."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, set_script_prefix
from django.urls import reverse as django_reverse

from opstap.ui import addresses
from opstap.ui.addresses import reverse

ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("counsellor:my_day", []),
        ("counsellor:case_file", [[ONE], [OTHER], [ONE]]),
        ("counsellor:propose", [[ONE, OTHER], [OTHER, ONE], [ONE, ONE]]),
        ("counsellor:propose", [{"referral_id": ONE, "place_id": OTHER}, {"place_id": ONE, "referral_id": OTHER}]),
        ("counsellor:queue", [["tasks"], ["away"]]),
    ],
)
def test_reverse_is_what_django_says(name: str, given: list[list[object] | dict[str, object]]) -> None:
    """One after the other, with one identifier or two, by place or by name, and with words in the address."""
    asked = [{"kwargs": each} if isinstance(each, dict) else {"args": each} for each in given or [[]]]
    assert [reverse(name, **each) for each in asked] == [django_reverse(name, **each) for each in asked]


def test_reverse_keeps_no_link_of_somebody() -> None:
    """The word of a link is a key to something: its address is made anew each time, and kept nowhere."""
    token = "Zq3vX9bT2mK7rL5nW8pA1c"
    assert [reverse("host:sign_link", args=[token]) for _ in range(2)] == [django_reverse("host:sign_link", args=[token])] * 2
    assert not [key for key in addresses._forms if token in str(key)]


def test_reverse_unknown_raises_every_time() -> None:
    """A page that is not there is not remembered as if it were."""
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            reverse("counsellor:case_file", args=["no identifier"])


def test_reverse_follows_where_the_product_stands() -> None:
    """Under another prefix the same page has another address."""
    before = reverse("counsellor:my_day")
    set_script_prefix("/opstap/")
    try:
        assert reverse("counsellor:my_day") == f"/opstap{before}"
    finally:
        set_script_prefix("/")


def test_url_in_a_template_comes_from_the_same_memory() -> None:
    """The tag says what `reverse` says, keeps it under a name when asked, and is silent about a page that is not there only then."""
    text = "{% url name one %} {% url name referral_id=one as known %}{{ known }} {% url 'x:y' as no %}[{{ no }}]"
    path = django_reverse("counsellor:case_file", args=[ONE])
    assert Template(text).render(Context({"name": "counsellor:case_file", "one": ONE})) == f"{path} {path} []"
    with pytest.raises(NoReverseMatch):
        Template("{% url 'x:y' %}").render(Context())
