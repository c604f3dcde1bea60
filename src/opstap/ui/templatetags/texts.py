"""Django's `{% load i18n %}`, in which a text that is the same on every page is translated once for each language."""

from __future__ import annotations

from django import template
from django.template.base import Node, Parser, Token, Variable
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class _Same(Node):
    """A text without a variable in it."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        self._variable, self._node = node.asvar, node
        node.asvar = None
        self._known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        text = self._known.get(language)
        if text is None:
            text = self._known[language] = self._node.render(context)
        if self._variable:
            context[self._variable] = text
            return ""
        return text


def translate(parser: Parser, token: Token) -> Node:
    """Return the node of `{% translate %}`: Django's, from memory where nothing differs from one page to the next."""
    node = i18n.do_translate(parser, token)
    text, about = node.filter_expression, node.message_context
    is_same = isinstance(text.var, Variable) and isinstance(text.var.literal, str) and not text.filters
    return _Same(node) if is_same and not node.noop and (about is None or not about.is_var) else node


register.tag("translate", translate)
register.tag("trans", translate)
