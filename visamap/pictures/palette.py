"""Colours of pictures, and the style sheet by which a page restyles them.

Chosen so that any two solid colours of one map stay apart for people who are red-blind or
green-blind too (a test simulates it); whatever is not certain is hatched as well. Pictures carry
colours as attributes, which need no style sheet and which any style sheet overrides.
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


DEEP, MIDDLE, PALE = "#0a4360", "#1f7ba3", "#82bfd3"
PAINTS: dict[str, Paint] = {
    "home": Paint("#f2b10a", "#ffc72e"),
    "free_90": Paint(DEEP, "#d6f3f7"),
    "free_30": Paint(MIDDLE, "#56b6cf"),
    "free_14": Paint(PALE, "#21708c"),
    "free_untold": Paint(DEEP, "#d6f3f7", "fine", "#6f9cb4", "#7fb2bf"),
    "visa_free": Paint(DEEP, "#d6f3f7"),
    "conditional": Paint(DEEP, "#d6f3f7", "fine", "#6f9cb4", "#7fb2bf"),
    "possible": Paint("#ffffff", "#10181d", "rising", MIDDLE, "#56b6cf"),
    "suspended": Paint("#c57850", "#b0653f", "falling", "#d9a182", "#8a4b2c"),
    "visa_on_arrival": Paint(MIDDLE, "#56b6cf"),
    "eta": Paint(PALE, "#21708c"),
    "e_visa": Paint("#c57850", "#b0653f"),
    "visa_required": Paint("#ecdfc8", "#37434b"),
    "no_admission": Paint("#2a1020", "#9b5de5"),
    "unknown": Paint("#ffffff", "#10181d", "dots", "#7c8890", "#8b979f"),
    "disputed": Paint("#ffffff", "#10181d", "grid", "#98a2a8", "#6f7b83"),
}
SEA = Paint("#f1f6f8", "#131c22")
BORDER = Paint("#ffffff", "#0c1216")
RIM = Paint("#33444e", "#c4d0d6")
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


def of_passport(code: str) -> Paint:
    """Return the colour of a passport, the same in every picture."""
    return PASSPORTS.get(code, QUIET)


def class_of(shade: str) -> str:
    """Return the class that a shade has in a picture."""
    return f"vm-{shade.replace('_', '-')}"


def stylesheet() -> str:
    """Return the rules that colour a picture inside a page, by day and by night.

    A page overrides the variables; recolouring a country is changing its class.
    """
    fills = [
        f".{class_of(shade)}{{fill:url(#{class_of(shade)}-hatch)}}"
        if paint.hatch
        else f".{class_of(shade)}{{fill:var(--{class_of(shade)})}}"
        for shade, paint in PAINTS.items()
    ]
    hatches = [
        f"#{name}-hatch rect{{fill:var(--{name})}}#{name}-hatch path{{stroke:var(--{name}-ink)}}"
        for name, paint in ((class_of(shade), paint) for shade, paint in PAINTS.items())
        if paint.hatch
    ]
    parts = [
        ".vm-sea{fill:var(--vm-sea)}",
        ".vm-countries{stroke:var(--vm-border)}",
        ".vm-countries circle{stroke:var(--vm-rim)}",
        ".vm-swatch{stroke:var(--vm-rim)}",
        *(
            f".vm-{name}{{fill:var(--vm-{name})}}"
            for name in ("text", "quiet", "alarm", "paper", "apart")
        ),
        *(f".of-{code}{{--of:var(--vm-of-{code})}}" for code in PASSPORTS),
    ]
    return "\n".join(
        [
            f":root{{color-scheme:light dark;{_variables(dark=False)}}}",
            f"@media (prefers-color-scheme:dark){{:root{{{_variables(dark=True)}}}}}",
            *parts,
            *fills,
            *hatches,
        ]
    )


def _variables(*, dark: bool) -> str:
    named = {f"vm-{name}": paint for name, paint in PARTS.items()}
    named |= {class_of(shade): paint for shade, paint in PAINTS.items()}
    named |= {f"vm-of-{code}": paint for code, paint in PASSPORTS.items()}
    values = []
    for name, paint in named.items():
        values.append(f"--{name}:{paint.dark if dark else paint.light}")
        if paint.hatch:
            values.append(f"--{name}-ink:{paint.ink_dark if dark else paint.ink_light}")
    return ";".join(values)
