"""Lists: tables with a caption, headers that sort, pages, and a compact bar of filters."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString


def _query(context: Context) -> QueryDict:
    """Return a copy of the request's query, to be changed."""
    request = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)


def data_table(content: str, caption: str, *, stacked: bool = True, keys: bool = False, hide_caption: bool = False) -> SafeString:
    """Return a table around rows and headers.

    `stacked` turns rows into cards on a phone (cells need data-label), `keys` lets j, k and enter walk the rows.
    """
    props = {"content": content, "caption": caption, "stacked": stacked, "keys": keys, "hide_caption": hide_caption}
    return render_to_string("ui/components/table.html", props)


def sort_header(context: Context, name: str, label: str, *, number: bool = False, param: str = "sort") -> dict[str, Any]:
    """Return the props of a column header that sorts by `name`, and the other way round when it already does."""
    query = _query(context)
    current = query.get(param, "")
    direction = "ascending" if current == name else "descending" if current == f"-{name}" else ""
    query[param] = f"-{name}" if current == name else name
    query.pop("page", None)
    return {"label": label, "url": f"?{query.urlencode()}", "direction": direction, "number": number}


def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Return the props of the links between pages; the rest of the query stays as it is."""
    query = _query(context)
    links: list[tuple[int | str, str]] = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        query["page"] = str(number)
        links.append((number, f"?{query.urlencode()}" if isinstance(number, int) else ""))
    return {"page": page, "links": links, "several": page.paginator.num_pages > 1}


def filter_bar(content: str, label: str, *, action: str = "", target: str = "") -> SafeString:
    """Return a compact form of filters (GET); with `target` (an id) the list refreshes while one types."""
    props = {"content": content, "label": label, "action": action, "target": target}
    return render_to_string("ui/components/filter_bar.html", props)


def dialog(content: str, name: str, title: str, opener: str = "") -> SafeString:
    """Return a native dialog with the id `name`; `opener` is the text of the button that opens it (shown only with scripts)."""
    button = format_html('<button type="button" class="second js-only" data-dialog="{}">{}</button>', name, opener) if opener else ""
    return format_html("{}{}", button, render_to_string("ui/components/dialog.html", {"content": content, "name": name, "title": title}))
