"""SVG to PNG, and charts to SVG: the only room of vl-convert, of the extra ``pictures``."""

from typing import Any

from visamap.errors import MissingExtraError
from visamap.i18n import tr

SCALE = 2.0
"""Pixels of a PNG for one unit of the picture: sharp on a fine screen and in print."""


def png(svg: str) -> bytes:
    """Return a picture as PNG, at ``SCALE``.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    return bytes(_converter().svg_to_png(svg, scale=SCALE))


def chart_svg(specification: dict[str, Any]) -> str:
    """Return a Vega-Lite chart as SVG; nothing is fetched.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    drawn: str = _converter().vegalite_to_svg(specification, allowed_base_urls=[])
    return drawn


def _converter() -> Any:
    try:
        import vl_convert  # noqa: PLC0415  large, and of an extra
    except ImportError as error:
        raise MissingExtraError("pictures", tr("A PNG or a chart")) from error
    return vl_convert
