"""Spares WeasyPrint values of styles that it would work out for each box, though no rule sets them.

Each function gives what WeasyPrint's gives; for anything but the plain case, that is asked.
"""

from typing import Any

from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

# Properties whose value is that of the parent, or the initial one, where no rule sets them.
_SPECIAL = ("position", "float", "display", "page")
_PASSED_ON = frozenset(key for key in INHERITED if not key.startswith("text_decoration_"))
_INITIAL = {
    key: value
    for key, value in INITIAL_VALUES.items()
    if key not in INHERITED | INITIAL_NOT_COMPUTED
    and key not in _SPECIAL
    and not key.startswith(("text_decoration_", "__"))
}
# What a property of the flow of text sets, in one direction or the other.
_SETS: dict[str, set[str]] = {}
for _direction in ("ltr", "rtl"):
    for _key, _name in PHYSICAL_FUNCTIONS.items():
        _SETS.setdefault(_name(block="ttb", inline=_direction), set()).add(_key)


def begin_computed(stock: Any) -> Any:
    """For `css.ComputedStyle.__init__`; what no rule sets has its initial value from the beginning."""

    def ours(self: Any, *values: Any) -> None:
        stock(self, *values)
        if self.pseudo_type is None and self.parent_style is not None:
            self.update(_INITIAL)
            for rule in self.cascaded:
                for key in _SETS.get(rule, (rule,)):
                    self.pop(key, None)
        elif "anchor" not in self.cascaded:  # asked of each, and not passed on
            self["anchor"] = INITIAL_VALUES["anchor"]

    return ours


def begin_anonymous(stock: Any) -> Any:
    """For `css.AnonymousStyle.__init__`; the same for a box that no rule is about."""

    def ours(self: Any, parent_style: Any) -> None:
        self.update(_INITIAL)
        stock(self, parent_style)

    return ours


def compute(stock: Any) -> Any:
    """For `css.ComputedStyle.__missing__`; what no rule sets is taken over as it is."""

    def ours(self: Any, key: str) -> Any:
        parent = self.parent_style
        if key in _PASSED_ON and key not in self.cascaded and parent is not None:
            value = parent[key]
            if not check_math(value):
                self[key] = value
                return value
        return stock(self, key)

    return ours
