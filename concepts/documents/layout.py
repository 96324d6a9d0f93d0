"""Where the boxes and lines of an area's picture go: layers from left to right, few crossings, lines beside boxes.

The layered method of Sugiyama, Tagawa and Toda (1981): break cycles, layer by longest path, give long lines a place of
their own in each layer that they pass, order each layer by barycentre, then stack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from concepts.documents.areas import Reference

GAP_BETWEEN_BOXES = 36
LANE = 24  # height of the lane of a line that passes a layer
SWEEPS = 8

Node = str | tuple[int, int]  # a concept, or line number and layer of a passing line
Order = list[list[Node]]


@dataclass(frozen=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


@dataclass(frozen=True)
class Place:
    """The upper left corner of a box or lane, and its size, in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Plan:
    """Where everything goes; lines are those references that run from left to right."""

    places: Mapping[Node, Place]
    lines: tuple[tuple[Reference, tuple[Node, ...]], ...]
    width: int
    height: int


def forward(names: tuple[str, ...], references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """The references that can all run in one direction; one that would close a circle is left out."""
    kept: list[Reference] = []
    for reference in references:
        if reference.target in names and not _reaches(reference.target, reference.owner, kept):
            kept.append(reference)
    return tuple(kept)


def _reaches(start: str, goal: str, references: list[Reference]) -> bool:
    reached = [start]
    for name in reached:  # grows while it is read
        reached += [r.target for r in references if r.owner == name and r.target not in reached]
    return goal in reached


def lay_out(sizes: Mapping[str, Size], lines: tuple[Reference, ...], gap: int) -> Plan:
    """Places for all boxes and for the lines between them, the layers ``gap`` pixels apart."""
    layers = _layers(sizes, lines)
    ways = tuple((line, _way(number, line, layers)) for number, line in enumerate(lines))
    order = _ordered(layers, [way for _, way in ways])
    places = _stacked(order, sizes, gap)
    width = max(place.x + place.width for place in places.values())
    return Plan(places, ways, width, max(place.y + place.height for place in places.values()))


def _layers(sizes: Mapping[str, Size], lines: tuple[Reference, ...]) -> dict[str, int]:
    """Each concept's layer: one right of whatever refers to it; the unrelated fill the lowest columns."""
    layer = {end: 0 for line in lines for end in (line.owner, line.target)}
    for _ in layer:
        for line in lines:
            layer[line.target] = max(layer[line.target], layer[line.owner] + 1)
    for line in sorted(lines, key=lambda line: -layer[line.owner]):  # an owner stands close to what it refers to
        if all(other.target != line.owner for other in lines):
            layer[line.owner] = min(layer[other.target] for other in lines if other.owner == line.owner) - 1
    columns = max(3 if not layer else 2, *(place + 1 for place in layer.values()), 0)
    for name in sizes:
        if name not in layer:
            heights = [sum(sizes[other].height for other in layer if layer[other] == c) for c in range(columns)]
            layer[name] = heights.index(min(heights))
    return layer


def _way(number: int, line: Reference, layers: Mapping[str, int]) -> tuple[Node, ...]:
    between = range(layers[line.owner] + 1, layers[line.target])
    return (line.owner, *((number, layer) for layer in between), line.target)


def _ordered(layers: Mapping[str, int], ways: list[tuple[Node, ...]]) -> Order:
    """Each layer from top to bottom, in the best order that the sweeps meet."""
    order: Order = [[] for _ in range(max(layers.values()) + 1)]
    for name in sorted(layers):
        order[layers[name]].append(name)
    for way in ways:
        for node in way[1:-1]:
            assert isinstance(node, tuple)
            order[node[1]].append(node)
    steps = [step for way in ways for step in pairwise(way)]
    best = [list(layer) for layer in order]
    for sweep in range(SWEEPS):
        indices = range(len(order)) if sweep % 2 else range(len(order) - 1, -1, -1)
        for index in indices:
            order[index] = _by_neighbours(order, index, steps, leftward=bool(sweep % 2))
        if _crossings(order, steps) < _crossings(best, steps):
            best = [list(layer) for layer in order]
    return best


def _by_neighbours(order: Order, index: int, steps: list[tuple[Node, Node]], *, leftward: bool) -> list[Node]:
    """The layer sorted by the mean place of each node's neighbours in the layer beside it."""
    place = {node: number for layer in order for number, node in enumerate(layer)}

    def mean(node: Node) -> float:
        pairs = ((b, a) if leftward else (a, b) for a, b in steps)
        near = [place[other] for own, other in pairs if own == node]
        return sum(near) / len(near) if near else place[node]

    return sorted(order[index], key=mean)


def _crossings(order: Order, steps: list[tuple[Node, Node]]) -> int:
    """How many pairs of lines cross between neighbouring layers."""
    place = {node: (index, number) for index, layer in enumerate(order) for number, node in enumerate(layer)}
    pairs = combinations([(place[a], place[b]) for a, b in steps], 2)
    return sum(a[0] == c[0] and (a[1] - c[1]) * (b[1] - d[1]) < 0 for (a, b), (c, d) in pairs)


def _stacked(order: Order, sizes: Mapping[str, Size], gap: int) -> dict[Node, Place]:
    """Boxes one below another in each column, the columns centred on the highest."""

    def height(node: Node) -> int:
        return sizes[node].height if isinstance(node, str) else LANE

    totals = [sum(map(height, layer)) + GAP_BETWEEN_BOXES * (len(layer) - 1) for layer in order]
    places: dict[Node, Place] = {}
    x = 0
    for layer, total in zip(order, totals, strict=True):
        width = max((sizes[node].width for node in layer if isinstance(node, str)), default=0)
        y = (max(totals) - total) // 2
        for node in layer:
            places[node] = Place(x, y, width, height(node))
            y += height(node) + GAP_BETWEEN_BOXES
        x += width + gap
    return places
