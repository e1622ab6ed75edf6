// All that the page does not need but is nicer with: names to choose from, a map that moves in time.
"use strict";
const { root, home, within } = document.body.dataset;
const { lang } = document.documentElement;
const byId = (id) => document.getElementById(id);

// What there is to say comes with the page, in its language.
const words = JSON.parse(document.body.dataset.words ?? "{}");
const said = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const written = (on) => {
  const [year, month, day] = on.split("-").map(Number);
  return said(words.day, { day, month: words.months[month - 1], year });
};

// A static copy answers under the name of a file; which of the two it is shows at the first question.
let copy = false;
const ask = async (path, query, file) => {
  for (const isFile of copy ? [true] : [false, true]) {
    try {
      const answer = await fetch(home + (isFile ? file : path + query), { headers: { Accept: "application/json" } });
      if (!answer.ok) continue;
      const found = await answer.json();
      copy = isFile;
      return found;
    } catch { /* the next one */ }
  }
  return null;
};

// Names in Kazakh, Russian and English, and codes: fetched when somebody begins to type.
let countries = null;
const known = () => {
  countries ??= ask("api/v1/countries", "", "api/v1/countries.json").then((found) => found?.items ?? []);
  return countries;
};
const nameOf = (one) => one[`name_${lang}`] ?? one.name;
const namesOf = (one) => [nameOf(one), one.name, one.name_ru, one.name_kk].filter(Boolean);
const list = byId("countries");
const fill = async () => {
  if (!list || list.childElementCount) return;
  const options = [], { compare } = new Intl.Collator(lang);
  for (const one of [...await known()].sort((a, b) => compare(nameOf(a), nameOf(b)))) {
    for (const name of new Set([...namesOf(one), one.code])) {
      const option = document.createElement("option");
      option.value = name;
      option.label = name === nameOf(one) ? one.code : `${nameOf(one)} (${one.code})`;
      options.push(option);
    }
  }
  if (!list.childElementCount) list.append(...options);
};
for (const input of document.querySelectorAll("input[list=countries]")) {
  input.addEventListener("focus", fill, { once: true });
  if (document.activeElement === input) fill();
}

// A static copy cannot read a form: it leads to the page of the nationality, or says what it cannot do.
const asked = new URLSearchParams(location.search);
const wanted = asked.get("nationality")?.trim();
const form = byId("ask") ?? byId("count") ?? byId("journey");
const notice = (...lines) => {
  const box = document.createElement("div");
  box.className = "trouble"; box.setAttribute("role", "alert");
  for (const inner of lines) {
    const line = document.createElement("p");
    line.append(inner); box.append(line);
  }
  form.after(box);
};
if (wanted && form && !document.querySelector(".answer, .trouble")) {
  known().then((all) => {
    const same = (text) => text?.toLocaleLowerCase() === wanted.toLocaleLowerCase();
    const one = all.find((c) => [c.code, c.alpha2, ...namesOf(c)].some(same));
    const there = one && `${root}nationality/${one.code}/`;
    const usual = !asked.get("days") && (asked.get("passport") ?? "ordinary") === "ordinary"
      && (asked.get("on") ?? byId("on")?.defaultValue) === byId("on")?.defaultValue;
    if (!one) { notice(said(words.unknown, { name: wanted })); return; }
    if (usual && byId("ask")) { location.replace(there); return; }
    const link = document.createElement("a");
    link.href = there; link.textContent = said(words.there, { name: nameOf(one) });
    notice(words.copy, link);
  });
}

const part = byId("map");
if (part) {
  const month = byId("month"), day = byId("map-on"), play = byId("play");
  const shapes = [...part.querySelectorAll(".vm-country")];
  const [firstYear] = month.dataset.first.split("-").map(Number);
  const today = month.dataset.today;
  const seen = new Map();
  const rows = new Map([...part.querySelectorAll("tr[data-code]")].map((row) => [row.dataset.code, row]));

  // One stop for the tab key, arrows from country to country, one tooltip instead of the browser's.
  const tip = document.createElement("div");
  tip.id = "tip"; tip.hidden = true; tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  const show = (one, x, y) => {
    tip.textContent = one.getAttribute("aria-label"); tip.hidden = false;
    tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 18, innerHeight - tip.offsetHeight - 8))}px`;
  };
  const hide = () => { tip.hidden = true; };
  shapes.sort((a, b) => a.getAttribute("aria-label").localeCompare(b.getAttribute("aria-label")));
  shapes.forEach((one, n) => {
    one.querySelector("title")?.remove();
    one.setAttribute("tabindex", n ? -1 : 0);
    one.addEventListener("pointermove", (e) => show(one, e.clientX, e.clientY));
    one.addEventListener("pointerleave", hide);
    one.addEventListener("blur", hide);
    one.addEventListener("focus", () => {
      if (!one.matches(":focus-visible")) return;
      const box = one.getBoundingClientRect();
      show(one, box.left + box.width / 2, box.top + box.height / 2);
    });
    one.addEventListener("keydown", (e) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
      if (e.key === "Escape") hide();
      if (e.key === "Enter") location.assign(`${root}nationality/${one.dataset.code}/`);
      if (!by) return;
      e.preventDefault();
      const next = shapes[(n + by + shapes.length) % shapes.length];
      one.setAttribute("tabindex", -1); next.setAttribute("tabindex", 0); next.focus();
    });
    one.addEventListener("click", () => location.assign(`${root}nationality/${one.dataset.code}/`));
  });

  const dayOf = (n) => {
    const on = `${firstYear + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}-01`;
    return Number(month.max) === n ? today : on;
  };
  const monthOf = (on) => {
    const [year, number] = on.split("-").map(Number);
    return Math.max(0, Math.min(Number(month.max), (year - firstYear) * 12 + number - 1));
  };
  const paint = (on, names, { marks, classes, words: { [lang]: map } }) => {
    for (const [code, [n, instrument]] of Object.entries(marks)) {
      const shape = byId(`vm-${code}`), row = rows.get(code);
      const message = said(map.sentences[n], { name: names.get(code) ?? code });
      if (shape) {
        shape.setAttribute("class", `vm-country ${classes[n]}`);
        shape.setAttribute("aria-label", message);
      }
      if (!row) continue;
      const [, answer, act] = row.querySelectorAll("td");
      const verdict = message.slice(message.indexOf(": ") + 2);
      answer.textContent = verdict.charAt(0).toUpperCase() + verdict.slice(1);
      act.replaceChildren();
      if (instrument) {
        const link = document.createElement("a");
        link.href = `${root}agreement/${instrument}/`; link.textContent = instrument;
        act.append(link);
      }
    }
    const legend = new Map(map.legend.map((row) => [row.shade, row]));
    for (const line of part.querySelectorAll(".legend li")) {
      const row = legend.get(line.dataset.shade);
      line.hidden = !row;
      line.querySelector(".label").textContent = row?.label ?? "";
      line.querySelector("b").textContent = row?.n ?? "";
    }
    byId("map-free").textContent = map.free;
    byId("map-day").textContent = map.subheading;
    byId("map-free").nextElementSibling.textContent = map.free_what;
    byId("map-practice").textContent = map.practice;
    byId("map-practice").hidden = !map.practice;
    byId("map-said").textContent = `${written(on)}: ${map.free} ${map.free_what}. ${map.practice}`;
    part.dataset.on = on;
    for (const link of part.querySelectorAll(".years a")) {
      if (link.textContent === on.slice(0, 4)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  let last = part.dataset.on;
  const turn = async (on) => {
    last = on; day.value = on;
    if (!seen.has(on)) {
      const kind = part.dataset.passport === "ordinary" ? "" : `?passport=${part.dataset.passport}`;
      seen.set(on, await ask(`${within}map/${on}.json`, kind, `${within}map/${on}.json`));
    }
    const world = seen.get(on), names = new Map((await known()).map((one) => [one.code, nameOf(one)]));
    if (!world) seen.delete(on);
    if (last !== on) return;
    if (world) paint(on, names, world);
    else byId("map-day").textContent = said(words.unfetched, { day: written(on), shown: written(part.dataset.on) });
  };

  byId("month").parentElement.hidden = false;
  play.hidden = false;
  month.value = monthOf(part.dataset.on);
  const told = () => month.setAttribute("aria-valuetext", written(dayOf(Number(month.value))));
  told();
  month.addEventListener("input", () => { stop(); told(); turn(dayOf(Number(month.value))); });
  const toDay = (on) => { month.value = monthOf(on); told(); return turn(on); };
  day.addEventListener("change", () => { if (day.validity.valid && day.value) { stop(); toDay(day.value); } });
  part.querySelector(".time").addEventListener("submit", (e) => { e.preventDefault(); stop(); toDay(day.value); });
  for (const link of part.querySelectorAll(".years a")) {
    link.addEventListener("click", (e) => { e.preventDefault(); stop(); toDay(link.dataset.day); });
  }

  let playing = 0;
  const stop = () => { playing = 0; play.textContent = words.play; play.setAttribute("aria-pressed", "false"); };
  play.addEventListener("click", async () => {
    if (playing) { stop(); return; }
    const run = playing = Date.now();
    play.textContent = words.stop; play.setAttribute("aria-pressed", "true");
    const end = Number(month.max);
    for (let n = Number(month.value) >= end ? 0 : Number(month.value); playing === run; n = Math.min(n + 3, end)) {
      month.value = n; told();
      await turn(dayOf(n));
      await new Promise((done) => { setTimeout(done, 180); });
      if (n === end) break;
    }
    if (playing === run) stop();
  });
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
  field.value ||= asked.get("find") ?? "";
  field.addEventListener("input", narrow);
  if (field.value) narrow();
}
