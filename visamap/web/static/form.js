// Forms: a country chosen from a list, a day from a calendar, rows of visits, what was written kept.

// One list for all fields: code, two letters, name, other names folded. Fetched at the first letter.
const fold = (text) => text.normalize("NFKD").toLowerCase().replaceAll("\u0438\u0306", "\u0439")
  .replace(/[\u0300-\u036f'.]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
let rows = null;
const choosable = () => {
  rows ??= fetch(document.body.dataset.countries).then((answer) => answer.json()).then((all) => all.map(
    ([code, short, name, others]) => ({ code, name, keys: [fold(name), code.toLowerCase(), short.toLowerCase(), ...others.split("|")] }),
  )).catch(() => { rows = null; return []; });
  return rows;
};
const MOST = 8;
const beginning = (keys, text) => keys.some((key) => key.startsWith(text));
const ranked = (all, text) => [
  ({ keys }) => keys[0].startsWith(text),
  ({ keys }) => beginning(keys, text),
  ({ keys }) => keys.some((key) => key.includes(` ${text}`)),
].flatMap((fits, n, before) => all.filter((one) => fits(one) && !before.slice(0, n).some((b) => b(one)))).slice(0, MOST);

const combobox = (input) => {
  const list = document.createElement("ul"), told = document.createElement("p");
  let active = -1, found = [];
  list.id = `${input.id}-list`; list.className = "choices"; list.hidden = true;
  list.setAttribute("role", "listbox"); list.setAttribute("aria-label", words.countries);
  told.className = "out"; told.setAttribute("role", "status");
  input.after(list, told);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  const before = () => ("several" in input.dataset ? input.value.slice(0, input.value.lastIndexOf(",") + 1) : "");
  const close = () => {
    list.hidden = true; active = -1;
    input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant");
  };
  const choose = (n) => { input.value = `${before()}${before() && " "}${found[n].name}`; close(); };
  const mark = (n) => {
    active = n;
    [...list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === n)));
    if (n < 0) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", list.children[n].id);
    list.children[n].scrollIntoView({ block: "nearest" });
  };
  const open = async () => {
    const all = await choosable(), text = fold(input.value.slice(before().length));
    if (document.activeElement !== input) return;
    found = text ? ranked(all, text) : [];
    list.replaceChildren(...found.map(({ code, name }, n) => {
      const option = document.createElement("li"), short = document.createElement("span");
      option.id = `${input.id}-${n}`; option.setAttribute("role", "option");
      short.textContent = code; option.append(`${name} `, short);
      option.addEventListener("pointerdown", (e) => { e.preventDefault(); choose(n); });
      return option;
    }));
    list.hidden = !found.length; input.setAttribute("aria-expanded", String(!!found.length));
    told.textContent = text ? said(words.offered, { n: found.length }) : "";
    mark(-1);
  };
  // Only while it has the focus: on Back a browser brings back what it was not told to forget.
  input.addEventListener("focus", () => { input.autocomplete = "off"; choosable(); });
  input.addEventListener("input", open);
  input.addEventListener("blur", () => { input.removeAttribute("autocomplete"); close(); });
  input.form.addEventListener("submit", () => input.removeAttribute("autocomplete"));
  input.addEventListener("keydown", async (e) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (by) {
      e.preventDefault();
      if (list.hidden) await open();
      const many = found.length + 1;
      if (!list.hidden) mark(((active + 1 + by + many) % many) - 1);
    } else if (e.key === "Enter" && active >= 0) {
      e.preventDefault(); choose(active);
    } else if (e.key === "Escape" && !list.hidden) {
      e.preventDefault(); close();
    }
  });
};
document.querySelectorAll("input.country").forEach(combobox);

// Beside each day a button that opens the calendar of the browser.
const iso = (day) => [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
const calendar = (input) => {
  const button = document.createElement("button"), picker = document.createElement("input");
  if (!picker.showPicker) return;
  button.type = "button"; button.className = "pick";
  button.setAttribute("aria-label", `${words.calendar}: ${input.labels[0].textContent}`);
  picker.type = "date"; picker.className = "picker"; picker.tabIndex = -1; picker.setAttribute("aria-hidden", "true");
  input.after(button, picker);
  button.addEventListener("click", () => {
    const typed = new Date(`${input.value} 12:00`);
    picker.value = Number.isNaN(typed.getTime()) || !/\d{4}/.test(input.value) ? "" : iso(typed);
    picker.showPicker();
  });
  picker.addEventListener("change", () => { if (picker.value) input.value = written(picker.value); });
};
document.querySelectorAll("input.day").forEach(calendar);

// Visits and legs: rows come and go at once; without this the server adds and removes them.
for (const part of document.querySelectorAll(".rows")) {
  const { prefix } = part.dataset, more = part.querySelector(".more");
  const all = () => [...part.querySelectorAll(".visit")];
  const number = () => all().forEach((row, n, { length }) => {
    row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/\d+$/, n + 1));
    for (const one of row.querySelectorAll("[id]")) {
      const was = one.id;
      one.id = was.replace(/-\d+$/, `-${n}`);
      row.querySelector(`label[for="${was}"]`)?.setAttribute("for", one.id);
    }
    for (const tick of row.querySelectorAll("[type=checkbox]")) tick.value = n;
    const less = row.querySelector(".less");
    if (less) { less.value = `${prefix}${n}`; less.hidden = length === 1; }
  });
  more?.addEventListener("click", (e) => {
    e.preventDefault();
    const last = all().at(-1), row = last.cloneNode(true);
    row.querySelectorAll(".slip, .pick, .picker").forEach((one) => one.remove());
    for (const field of row.querySelectorAll("input, select")) {
      for (const name of ["aria-invalid", "aria-describedby", "autofocus"]) field.removeAttribute(name);
      if (field.type === "checkbox") field.checked = false; else field.value = "";
    }
    last.after(row); number();
    row.querySelectorAll("input.day").forEach(calendar);
    row.querySelector("select, input").focus();
  });
  part.addEventListener("click", (e) => {
    const less = e.target.closest(".less");
    if (!less) return;
    e.preventDefault();
    less.closest(".visit").remove(); number();
    more.focus();
  });
}
