"""Colours of pictures, and the style sheet by which a page restyles them.

Chosen so that any two solid colours of one map stay apart for people who are red-blind or
green-blind too (a test simulates it), and each is three times as light as its neighbour in the
legend, or as dark; land where a visa is needed has a coast. Whatever is not certain is hatched.
Pictures carry colours as attributes, which any style sheet overrides.
"""

from typing import Literal, NamedTuple

Hatch = Literal[
    "rising",  # possible: lines from bottom left to top right
    "fine",  # visa-free without a known stay: the same, thinner
    "falling",  # suspended: lines the other way, on colour
    "grid",  # disputed
    "dots",  # not known
]


class Paint(NamedTuple):
    """A colour, by day and by night; with ``hatch``, lines in ``ink`` upon it."""

    light: str
    dark: str
    hatch: Hatch | None = None
    ink_light: str = ""
    ink_dark: str = ""


DEEP, MIDDLE, PALE = "#081523", "#236aa3", "#9ccbdd"
DEEP_DARK, MIDDLE_DARK, PALE_DARK = "#dff3f8", "#458faa", "#0c3e67"
PAINTS: dict[str, Paint] = {
    "home": Paint("#f2b10a", "#ffc72e"),
    "free_90": Paint(DEEP, DEEP_DARK),
    "free_30": Paint(MIDDLE, MIDDLE_DARK),
    "free_14": Paint(PALE, PALE_DARK),
    "free_untold": Paint(DEEP, DEEP_DARK, "fine", "#6f9cb4", "#5f93a8"),
    "visa_free": Paint(DEEP, DEEP_DARK),
    "conditional": Paint(DEEP, DEEP_DARK, "fine", "#6f9cb4", "#5f93a8"),
    "possible": Paint("#ffffff", "#10181d", "rising", MIDDLE, MIDDLE_DARK),
    "suspended": Paint("#9f461d", "#c18050", "falling", "#cf9678", "#8a4b2c"),
    "visa_on_arrival": Paint(MIDDLE, MIDDLE_DARK),
    "eta": Paint(PALE, PALE_DARK),
    "e_visa": Paint("#4e297b", "#d0a9e4"),
    "visa_required": Paint("#f8e8c0", "#1f2122"),
    "no_admission": Paint("#781b2e", "#e04f5b"),
    "unknown": Paint("#ffffff", "#10181d", "dots", "#7c8890", "#8b979f"),
    "disputed": Paint("#ffffff", "#10181d", "grid", "#98a2a8", "#6f7b83"),
}
SEA = Paint("#d9e5ec", "#0a1014")
BORDER = Paint("#ffffff", "#0c1216")
RIM = Paint("#33444e", "#c4d0d6")
COAST = Paint("#6b7d86", "#6b7d86")
"""Around land that is as light, or by night as dark, as the sea."""
TEXT = Paint("#17242c", "#eef3f5")
QUIET = Paint("#51626c", "#a9b7bf")
ALARM = Paint("#9c3d17", "#f0a27c")
PAPER = Paint("#ffffff", "#0c1216")
APART = Paint("#dfe6e9", "#26323a")
"""Land that a map is not about."""
PARTS = {
    "sea": SEA,
    "border": BORDER,
    "rim": RIM,
    "text": TEXT,
    "quiet": QUIET,
    "alarm": ALARM,
    "paper": PAPER,
    "apart": APART,
}


PASSPORTS = {
    "KAZ": Paint("#9a6d00", "#ffc72e"),
    "UZB": Paint("#007399", "#99d4ff"),
    "KGZ": Paint("#25140e", "#e48767"),
    "TJK": Paint("#4c0099", "#bf80ff"),
    "TKM": Paint("#1c4a3e", "#ccffd9"),
}
"""Lines of ranks; each is named at its end as well."""


COASTS = ("visa_required", "possible", "unknown")


def of_passport(code: str) -> Paint:
    """Return the colour of a passport, the same in every picture."""
    return PASSPORTS.get(code, QUIET)


def class_of(shade: str) -> str:
    """Return the class that a shade has in a picture."""
    return f"vm-{shade.replace('_', '-')}"


NAMED = {
    **{f"vm-{name}": paint for name, paint in PARTS.items()},
    **{class_of(shade): paint for shade, paint in PAINTS.items()},
    **{f"vm-of-{code}": paint for code, paint in PASSPORTS.items()},
}
"""Every colour by its class in a picture, and by the variable that holds it on a page."""
CLASSES = {paint: name for name, paint in NAMED.items()}


def stylesheet() -> str:
    """Return the rules that colour a picture inside a page, by day and by night.

    A page overrides the variables; recolouring a country is changing its class.
    """
    shades = {class_of(shade): paint for shade, paint in PAINTS.items()}
    fills = [
        f".{name}{{fill:url(#{name}-hatch)}}" if paint.hatch else f".{name}{{fill:var(--{name})}}"
        for name, paint in shades.items()
    ]
    hatches = [
        f"#{name}-hatch rect{{fill:var(--{name})}}#{name}-hatch path{{stroke:var(--{name}-ink)}}"
        for name, paint in shades.items()
        if paint.hatch
    ]
    parts = [
        ".vm-sea{fill:var(--vm-sea)}",
        ".vm-countries{stroke:var(--vm-border)}",
        ".vm-countries circle{stroke:var(--vm-rim)}",
        ".vm-swatch{stroke:var(--vm-rim)}",
        *(f".{class_of(shade)}{{stroke:{COAST.light}}}" for shade in COASTS),
        ".vm-axis{stroke:var(--vm-quiet)}",
        *(
            f".vm-{name}{{fill:var(--vm-{name})}}"
            for name in ("text", "quiet", "alarm", "paper", "apart")
        ),
        *(f".vm-of-{code}{{fill:var(--vm-of-{code})}}" for code in PASSPORTS),
        *(f".vm-line.vm-of-{code}{{fill:none;stroke:var(--vm-of-{code})}}" for code in PASSPORTS),
    ]
    return "\n".join(
        [
            f":root{{color-scheme:light dark;{_variables('light')}}}",
            f"@media (prefers-color-scheme:dark){{:root{{{_variables('dark')}}}}}",
            *parts,
            *fills,
            *hatches,
        ]
    )


def _variables(theme: Literal["light", "dark"]) -> str:
    values = []
    for name, paint in NAMED.items():
        values.append(f"--{name}:{getattr(paint, theme)}")
        if paint.hatch:
            values.append(f"--{name}-ink:{getattr(paint, f'ink_{theme}')}")
    return ";".join(values)
