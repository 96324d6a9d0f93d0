"""Ways that lead back to where they began: concepts that drive each other, queries that read themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def ring(start: str, following: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The names on the shortest way from one back to itself, from it on; empty if no way leads back.

    ``following`` gives the names that come right after a name; of ways that are equally short the first is taken.
    """
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:  # grows while it is read: breadth first
        for name in following(way[-1]):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
