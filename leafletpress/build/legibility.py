"""Finds what a reader in need would not see: signs that can't wait far from the top, no number to call, faint lines."""

from collections.abc import Iterable, Iterator

from leafletpress.model.audience import Audience
from leafletpress.model.blocks import Block, Callout, Figure, Section
from leafletpress.model.leaflet import Leaflet, Message
from leafletpress.model.problems import Problem
from leafletpress.model.site import Site
from leafletpress.model.walk import for_audience
from leafletpress.read.drawings import thinnest_line

_LEAST_LINE = 0.5  # mm: what is thinner, a copy of a copy loses


def hard_to_see(leaflets: Iterable[Leaflet], audiences: Iterable[Audience], site: Site) -> Iterator[Problem]:
    """A warning for each place in the sources; what only pages show is found when they are laid out."""
    without_number = False
    for leaflet in leaflets:
        for audience in filter(lambda one: leaflet.is_for(one.id), audiences):
            sections = tuple(for_audience(leaflet.sections, audience.id))
            urgent = [section for section in sections if any(map(_is_urgent, section.blocks))]
            without_number = without_number or (bool(urgent) and site.phone("emergency") is None)
            headed = next((section for section in sections if section.heading), None)
            if urgent and headed and headed.heading and urgent[0] not in (sections[0], headed):
                text = f'the first box "now" for {audience.id} is not in the first section: page 1 may be without it'
                hint = "put the section with the signs that can't wait first"
                yield Problem((urgent[0].heading or headed.heading).origin, text, hint, "warning")
        yield from _faint_lines(leaflet)
    if without_number:
        text = 'no number of the kind emergency, which boxes "now" would print'
        yield Problem(site.origin, text, 'add [[phones]] with kind = "emergency"', "warning")


def _is_urgent(block: Block[Message]) -> bool:
    return isinstance(block.content, Callout) and block.content.level == "now"


def _faint_lines(leaflet: Leaflet) -> Iterator[Problem]:
    for figure in _figures(leaflet.sections):
        for drawings in (leaflet.pictures, leaflet.right_to_left_pictures):
            drawing = drawings.get(figure.image) if figure.image.endswith(".svg") else None
            line = thinnest_line(drawing) if drawing else None
            if line is not None and line < _LEAST_LINE:
                text = f'"{figure.image}" has lines of {line:.2g} mm, which copies lose'
                yield Problem(figure.alt.origin, text, f"draw them {_LEAST_LINE} mm wide or more", "warning")


def _figures(sections: Iterable[Section[Message]]) -> Iterator[Figure[Message]]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block.content, Figure):
                yield block.content
