"""Reading pictures in tests: parsed SVG, countries by code, colours as others see them."""

import math
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
SIGHTS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def parsed(svg):
    """The root of an SVG document; text that is no XML fails here."""
    return ET.fromstring(svg)  # noqa: S314  our own text


def countries(svg):
    """The groups of all countries, by code."""
    return {
        group.get("data-code"): group
        for group in parsed(svg).iter(f"{SVG}g")
        if group.get("data-code")
    }


def shade(group):
    """The class that colours a country."""
    (name,) = (c for c in group.get("class").split() if c != "vm-country")
    return name


def seen(colour, sight):
    """A colour in OKLab as a kind of sight sees it."""
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    red, green, blue = (
        min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True))))
        for row in SIGHTS[sight]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def distance(one, other, sight):
    """How far apart two colours are; about 0.02 is the least that is noticed."""
    return math.dist(seen(one, sight), seen(other, sight))
