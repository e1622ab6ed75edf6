// All that the page does not need but is nicer with: names to choose from, a map that moves in time.
const { root, home, within } = document.body.dataset;
const { lang } = document.documentElement;
const byId = (id) => document.getElementById(id);

// What there is to say stands before all this as `words`, in the language of the page.
const said = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const written = (on) => {
  const [year, month, day] = on.split("-").map(Number);
  return said(words.day, { day, month: words.months[month - 1], year });
};

// A static copy answers under the name of a file, and has the map of each day on which it changes.
const copy = "copied" in document.body.dataset;
const mapDays = document.body.dataset.mapDays?.split(" ") ?? [];
const ask = async (path, query, file) => {
  try {
    const [on] = file.match(/\d{4}-\d\d-\d\d/) ?? [], turn = copy && on && mapDays.findLast((day) => day <= on);
    const there = turn ? file.replace(on, turn) : file;
    const answer = await fetch(home + (copy ? there : path + query), { headers: { Accept: "application/json" } });
    if (!answer.ok) return null;
    const text = await answer.text();
    return JSON.parse(turn ? text.replaceAll(written(turn), written(on)) : text);
  } catch { return null; }
};

// Whoever embeds a picture needs its whole address.
for (const markup of document.querySelectorAll(".embed textarea")) {
  markup.value = markup.value.replace(/src="([^"]+)"/, (_, there) => `src="${new URL(there, location.href)}"`);
  markup.addEventListener("focus", () => markup.select());
}

// A list is narrowed while one types; without a script the server does it.
const finder = document.querySelector("form[data-find]");
if (finder) {
  const field = byId("find"), told = byId("found");
  const narrow = () => {
    const wanted = field.value.toLocaleLowerCase().split(/\s+/);
    let shown = 0;
    for (const part of document.querySelectorAll("[data-rows]")) {
      const rows = [...part.querySelectorAll("tbody tr")];
      for (const row of rows) {
        const text = row.textContent.toLocaleLowerCase();
        row.hidden = !wanted.every((word) => text.includes(word));
      }
      const left = rows.filter((row) => !row.hidden).length;
      part.hidden = !left; shown += left;
    }
    told.textContent = said(told.dataset.said, { n: shown });
  };
  finder.hidden = false;
  field.value ||= new URLSearchParams(location.search).get("find") ?? "";
  field.addEventListener("input", narrow);
  if (field.value) narrow();
}
