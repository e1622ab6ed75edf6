// All that the page does not need but is nicer with: names to choose from, a map that moves in time.
"use strict";
const { root, home, within } = document.body.dataset;
const { lang } = document.documentElement;
const byId = (id) => document.getElementById(id);

// What there is to say comes with the page, in its language.
const words = JSON.parse(document.body.dataset.words);
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

// Whoever embeds a picture needs its whole address.
for (const markup of document.querySelectorAll(".embed textarea")) {
  markup.value = markup.value.replace(/src="([^"]+)"/, (_, there) => `src="${new URL(there, location.href)}"`);
  markup.addEventListener("focus", () => markup.select());
}
