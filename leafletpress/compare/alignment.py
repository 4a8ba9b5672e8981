"""Which of two lists' items belong together: passages of a text, pages of a document."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def aligned(
    old: Sequence[Item], new: Sequence[Item], likeness: Callable[[Item, Item], float], least: float
) -> list[tuple[Item | None, Item | None]]:
    """The items in pairs, in the order of both lists, as alike as can be in all; None where one stands alone.

    Items whose `likeness` (0 to 1) is below `least` are no pair.
    """
    rows, columns = len(old), len(new)
    likes = [[likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in reversed(range(rows)):
        for column in reversed(range(columns)):
            alike = likes[row][column]
            paired = alike + best[row + 1][column + 1] if alike >= least else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    pairs: list[tuple[Item | None, Item | None]] = []
    row = column = 0
    while row < rows and column < columns:
        alike = likes[row][column]
        if alike >= least and best[row][column] == alike + best[row + 1][column + 1]:
            pairs.append((old[row], new[column]))
            row, column = row + 1, column + 1
        elif best[row + 1][column] >= best[row][column + 1]:
            pairs.append((old[row], None))
            row += 1
        else:
            pairs.append((None, new[column]))
            column += 1
    pairs.extend((one, None) for one in old[row:])
    pairs.extend((None, one) for one in new[column:])
    return pairs
