"""Where texts stand on a page, for tests: which of them touch, and which leave it."""

from collections.abc import Sequence

import numpy as np

from layers.printed.page import Box, Page

_KERN = 0.6  # units that letters' boxes may share


def touching(boxes: Sequence[Box], by: float = 0) -> list[tuple[int, int]]:
    """Return the places in the list of each two boxes that share more than `by` units of room."""
    left, top, right, bottom = np.array([(x.left, x.top, x.right, x.bottom) for x in boxes]).reshape(-1, 4).T
    beside = (left[:, None] + by < right) & (left + by < right[:, None])
    above = (top[:, None] + by < bottom) & (top + by < bottom[:, None])
    return [(int(one), int(other)) for one, other in np.argwhere(np.triu(beside & above, 1))]


def crowded(page: Page) -> list[str | tuple[str, str]]:
    """Return the texts that touch another, and those that leave the page."""
    texts, boxes = [text for text, _ in page.written], [box for _, box in page.written]
    pairs = [(texts[one], texts[other]) for one, other in touching(boxes, _KERN)]
    return [*pairs, *(text for text, box in page.written if not page.box.holds(box))]
