"""Shows each page as soon as it is laid out to whoever may know that the rest is not wanted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_WATCHERS: list[Callable[[list[Any]], None]] = []


@contextmanager
def watched(see: Callable[[list[Any]], None]) -> Iterator[None]:
    """Show the boxes of the pages so far, behind each page that is made here; what `see` raises ends the layout."""
    _WATCHERS.append(see)
    try:
        yield
    finally:
        _WATCHERS.pop()


def make_all_pages(stock: Any) -> Any:
    """For `layout.page.make_all_pages`; pages whose text depends on numbers of pages are not shown: it may change."""

    def ours(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
        made = []
        for page in stock(context, root_box, html, pages):
            made.append(page)
            if _WATCHERS and not any(_may_change(state) for *_, state in context.page_maker[: len(made)]):
                _WATCHERS[-1](made)
            yield page

    return ours


def _may_change(state: dict[str, Any]) -> bool:
    return bool(state["content_lookups"] or state["pages_wanted"])
