"""`{% load opstap %}`: the components as template tags. Their props are the arguments of the functions in `opstap.ui.components`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from opstap.ui.components import drawings, forms, layout, lists, status
from opstap.ui.errors import trouble, way_back
from opstap.ui.site import current_site

register = template.Library()

_COMPONENTS: tuple[Callable[..., Any], ...] = (
    status.freshness,
    status.progress,
    status.price,
    forms.field,
    forms.error_summary,
    layout.page_header,
    layout.stat,
    layout.steps,
    layout.timeline,
    layout.facts,
    layout.empty,
    drawings.bar_chart,
)
_WITH_REQUEST: tuple[Callable[..., Any], ...] = (lists.sort_header, lists.pagination)
_BLOCKS: tuple[Callable[..., Any], ...] = (layout.card, layout.note, lists.data_table, lists.filter_bar, lists.dialog)
_TEXTS: tuple[Callable[..., Any], ...] = (status.reason, drawings.icon, drawings.qr, current_site, trouble)

for function in _COMPONENTS:
    register.inclusion_tag(f"ui/components/{function.__name__}.html")(function)
for function in _WITH_REQUEST:
    register.inclusion_tag(f"ui/components/{function.__name__}.html", takes_context=True)(function)
for function in _BLOCKS:
    register.simple_block_tag(function)
register.simple_block_tag(layout.confirm, takes_context=True)
for function in _TEXTS:
    register.simple_tag(function)
register.filter("day", status.day)
register.filter("plain", status.plain)
register.filter("reason", status.reason)


@register.simple_tag
def badge(state: str, text: str = "", *, until: date | None = None) -> SafeString:
    """Return a state as shape and word (`status.badge`), from memory: lists show hundreds of the same."""
    return _badge(**status.badge(state, text, until=until))


@lru_cache(maxsize=4096)
def _badge(tone: str, icon: str, text: str) -> SafeString:
    return format_html('<span class="badge {}">{}{}</span>', tone, drawings.icon(icon), text)


@register.simple_tag
def week(codes: Iterable[str] | int | None, *, needed: Iterable[str] | int | None = None) -> SafeString:
    """Return a week of half-days (`drawings.week`), from memory: few different weeks fill a long list."""
    return _week(_hashable(codes), _hashable(needed), status.language())


def _hashable(codes: Iterable[str] | int | None) -> tuple[str, ...] | int | None:
    return codes if codes is None or isinstance(codes, int) else tuple(codes)


@lru_cache(maxsize=4096)
def _week(codes: tuple[str, ...] | int | None, needed: tuple[str, ...] | int | None, language: str) -> SafeString:
    del language  # it is active: here it only keeps the languages apart in memory
    return render_to_string("ui/components/week.html", drawings.week(codes, needed=needed))


@register.simple_tag(takes_context=True)
def form_guard(context: Context) -> SafeString:
    """Return the hidden fields of every form that writes: the CSRF token and an idempotency key."""
    hidden = '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="once_key" value="{}">'
    return format_html(hidden, context.get("csrf_token", ""), forms.idempotency_key())


@register.simple_tag(takes_context=True)
def back_path(context: Context) -> str:
    """Return the page to go on from after an error."""
    return way_back(context.get("request"))
