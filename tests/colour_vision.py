"""How far apart colours are to an eye: CIEDE2000, also to eyes that lack a kind of cone, and in grey.

Colours are sRGB, 0 to 255. The deficiencies are those of G. M. Machado and others, "A Physiologically-based
Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009), at full severity; the difference is of
G. Sharma and others, "The CIEDE2000 Color-Difference Formula", Color Research & Application 30 (2005).
"""

import itertools
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float64]

_LUMINANCE = [0.2126729, 0.7151522, 0.0721750]
_TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], _LUMINANCE, [0.0193339, 0.1191920, 0.9503041]])
_WHITE = np.array([0.95047, 1.0, 1.08883])  # D65
EYES = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
GREY = np.array([_LUMINANCE] * 3)


def luminance(colour: Colour) -> float:
    """Return the relative luminance, 0 to 1."""
    return float(_linear(colour) @ np.array(_LUMINANCE))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def closest(colours: Mapping[str, Colour], eye: NDArray[np.float64]) -> tuple[float, str, str]:
    """Return the two colours that an eye tells apart least: how far apart (CIEDE2000), and which."""
    seen = {name: _lab(_linear(colour) @ eye.T) for name, colour in colours.items()}
    return min((difference(seen[a], seen[b]), a, b) for a, b in itertools.combinations(seen, 2))


def difference(one: Colour, other: Colour) -> float:
    """Return CIEDE2000 of two colours in CIELAB."""
    chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    grey = 1 + (1 - np.sqrt(chroma**7 / (chroma**7 + 25**7))) / 2
    (a_one, b_one), (a_other, b_other) = one[1:] * (grey, 1), other[1:] * (grey, 1)
    chromas = np.hypot(a_one, b_one), np.hypot(a_other, b_other)
    hues = np.degrees([np.arctan2(b_one, a_one), np.arctan2(b_other, a_other)]) % 360
    turn = (hues[1] - hues[0] + 180) % 360 - 180 if min(chromas) else 0.0
    hue = hues[0] + turn / 2 if min(chromas) else hues.sum()
    light, chroma = (one[0] + other[0]) / 2, sum(chromas) / 2
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63))
    weight = 1 + sum(size * np.cos(np.radians(times * hue + by)) for size, times, by in waves)
    lightness = (other[0] - one[0]) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    saturation = (chromas[1] - chromas[0]) / (1 + 0.045 * chroma)
    tone = 2 * np.sqrt(chromas[0] * chromas[1]) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    turned = 60 * np.exp(-(((hue % 360 - 275) / 25) ** 2))
    rotation = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7)) * np.sin(np.radians(turned))
    return float(np.sqrt(lightness**2 + saturation**2 + tone**2 + rotation * saturation * tone))


def _linear(colour: Colour) -> Colour:
    parts = np.asarray(colour, dtype=float) / 255
    linear: Colour = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear


def _lab(linear: Colour) -> Colour:
    parts = np.clip(linear, 0, 1) @ _TO_XYZ.T / _WHITE
    x, y, z = np.where(parts > 216 / 24389, np.cbrt(parts), (24389 / 27 * parts + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
