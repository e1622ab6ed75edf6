"""The world map as one HTML file: the picture, reachable by mouse and keyboard, and a table."""

from html import escape

from visamap.language import mark, tr
from visamap.presenters.pictures.picture_page import page, table
from visamap.presenters.pictures.world_map import bare, inert, swatch
from visamap.presenters.words import world_words as words
from visamap.presenters.words.sentences import BASES
from visamap.results.world import Mark, WorldMap

HEADINGS = (mark("Country"), mark("Code"), mark("Answer"), mark("Ground"), mark("Act"))
# One stop for the tab key, arrows from country to country, one tooltip instead of the browser's.
SCRIPT = """
const all = [...document.querySelectorAll('.vm-country')]
  .sort((a, b) => a.getAttribute('aria-label').localeCompare(b.getAttribute('aria-label')));
const tip = document.createElement('div');
tip.id = 'tip'; tip.hidden = true; tip.setAttribute('aria-hidden', 'true');
document.body.append(tip);
const show = (one, x, y) => {
  tip.textContent = one.getAttribute('aria-label'); tip.hidden = false;
  tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - tip.offsetWidth - 8)) + 'px';
  tip.style.top = Math.max(4, Math.min(y + 18, innerHeight - tip.offsetHeight - 8)) + 'px';
};
all.forEach((one, n) => {
  one.querySelector('title').remove();
  one.setAttribute('tabindex', n ? -1 : 0);
  one.addEventListener('pointermove', (e) => show(one, e.clientX, e.clientY));
  one.addEventListener('pointerleave', () => { tip.hidden = true; });
  one.addEventListener('blur', () => { tip.hidden = true; });
  one.addEventListener('focus', () => {
    const box = one.getBoundingClientRect();
    show(one, box.left + box.width / 2, box.top + box.height / 2);
  });
  one.addEventListener('keydown', (e) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    if (e.key === 'Escape') tip.hidden = true;
    if (!by) return;
    e.preventDefault();
    const next = all[(n + by + all.length) % all.length];
    one.setAttribute('tabindex', -1); next.setAttribute('tabindex', 0); next.focus();
  });
});
"""


def html(world: WorldMap, title: str | None = None) -> str:
    """Return the page."""
    marks = sorted(words.counted(world), key=lambda m: (words.ORDER.index(m.shade), m.country.name))
    rows = [
        (m.country.name, m.country.code, _answer(m), _ground(m), m.instrument or "") for m in marks
    ]
    listed = table(tr("The same as a table"), [tr(heading) for heading in HEADINGS], rows)
    said = inert(title or words.heading(world))
    return page(said, _figure(world, said), listed, SCRIPT)


def _figure(world: WorldMap, title: str) -> str:
    practice = words.practice(world)
    warned = f'<p class="alarm">{escape(practice)}</p>' if practice else ""
    legend = "".join(
        f"<li>{swatch(row.shade)}<span>{escape(row.label)}"
        f"{'' if row.number is None else f' <b>{row.number}</b>'}</span></li>"
        for row in words.legend(world)
    )
    return (
        f'<header><div><h1>{escape(title)}</h1><p class="quiet">'
        f"{escape(words.subheading(world))}</p>{warned}</div>"
        f'<p class="count"><b>{words.free(world)}</b> {escape(words.free_what(world))}</p>'
        "</header>\n"
        f'<figure>\n{bare(world, title)}<figcaption><ul class="legend">{legend}</ul>'
        f'<p class="quiet">{escape(tr(words.BOUNDARIES))}</p></figcaption>\n</figure>\n'
    )


def _answer(mark: Mark) -> str:
    said = words.verdict(mark)
    return said[:1].upper() + said[1:]


def _ground(mark: Mark) -> str:
    return tr(BASES.get(mark.basis, mark.basis)) if mark.basis else ""
