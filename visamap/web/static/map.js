// The map: moved through time, found, zoomed, filtered by its legend.
const part = byId("map");
if (part) {
  const month = byId("month"), day = byId("map-on"), play = byId("play"), voice = byId("map-said"), find = byId("find");
  const picture = part.querySelector(".vm-map");
  const shapes = [...part.querySelectorAll(".vm-country")];
  const [firstYear] = month.dataset.first.split("-").map(Number);
  const today = month.dataset.today;
  const seen = new Map();
  const rows = new Map([...part.querySelectorAll("tr[data-code]")].map((row) => [row.dataset.code, row]));
  const label = (one) => one.getAttribute("aria-label");
  const shadeOf = (one) => /vm-country (\S+)/.exec(one.getAttribute("class"))[1];

  // One stop for the tab key, arrows and letters from country to country, one tooltip instead of the browser's.
  const tip = document.createElement("div");
  tip.id = "tip"; tip.hidden = true; tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  const show = (one, x, y, more = "") => {
    tip.textContent = label(one) + more; tip.hidden = false;
    tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 18, innerHeight - tip.offsetHeight - 8))}px`;
  };
  const hide = () => { tip.hidden = true; };
  const land = byId("vm-land");
  // Where its largest part lies on the screen, and how wide that is.
  const middle = (one) => {
    if (!one.dataset.at) {
      const { left, top, width, height } = one.getBoundingClientRect();
      return [left + width / 2, top + height / 2, width];
    }
    const [x, y, wide] = one.dataset.at.split(" ").map(Number), { a, d, e, f } = land.getScreenCTM();
    return [a * x + e, d * y + f, a * wide];
  };
  const point = (one, more) => { const [x, y] = middle(one); show(one, x, y, more); };
  let mine = part.dataset.mine, chosen = null;
  const picked = new Set();
  const dress = () => {
    for (const one of shapes) {
      const others = picked.size > 0 && !picked.has(shadeOf(one)), row = rows.get(one.dataset.code);
      one.classList.toggle("vm-off", others);
      one.classList.toggle("vm-asked", one.dataset.code === mine);
      one.classList.toggle("vm-chosen", one === chosen);
      if (one.dataset.code === mine && one !== land.lastElementChild && one !== document.activeElement) land.append(one);
      if (row) row.hidden = others;
    }
  };
  const choose = (one, more) => {
    chosen = one; dress();
    if (!one) { hide(); return; }
    point(one, more);
    voice.textContent = label(one);
  };
  let typed = "", forget = 0;
  shapes.sort((a, b) => label(a).localeCompare(label(b), lang));
  shapes.forEach((one, n) => {
    one.querySelector("title")?.remove();
    one.setAttribute("tabindex", n ? -1 : 0);
    one.addEventListener("pointermove", (e) => { if (e.pointerType === "mouse") show(one, e.clientX, e.clientY); });
    one.addEventListener("pointerleave", (e) => { if (e.pointerType === "mouse") hide(); });
    one.addEventListener("blur", hide);
    one.addEventListener("focus", () => { if (one.matches(":focus-visible")) point(one); });
    one.addEventListener("keydown", (e) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
      if (e.key === "Escape") hide();
      let next = by && shapes[(n + by + shapes.length) % shapes.length];
      if (e.key.length === 1 && e.key !== " " && !e.ctrlKey && !e.metaKey && !e.altKey) {
        typed += e.key.toLocaleLowerCase(lang);
        clearTimeout(forget); forget = setTimeout(() => { typed = ""; }, 700);
        next = shapes.find((other) => label(other).toLocaleLowerCase(lang).startsWith(typed));
      }
      if (!next) return;
      e.preventDefault();
      one.setAttribute("tabindex", -1); next.setAttribute("tabindex", 0); next.focus();
    });
  });

  // Zoom: buttons, two fingers, the country that was looked for.
  const whole = picture.getAttribute("viewBox").split(" ").map(Number);
  let box = whole;
  const see = (next) => {
    box = next;
    picture.setAttribute("viewBox", box.join(" "));
    picture.setAttribute("height", whole[2] * box[3] / box[2]);
    part.classList.toggle("zoomed", box !== whole);
    hide();
  };
  const inside = (at, size, start, all) => Math.max(start, Math.min(at, start + all - size));
  const zoom = (by, [x, y] = [0.5, 0.5]) => {
    const [left, top, wide, tall] = box, across = wide / by;
    if (across >= whole[2]) { see(whole); return; }
    if (across < whole[2] / 24) return;
    const down = tall / by;
    see([inside(left + (wide - across) * x, across, whole[0], whole[2]), inside(top + (tall - down) * y, down, whole[1], whole[3]), across, down]);
  };
  const lookAt = (one) => {
    const frame = picture.getBoundingClientRect(), unit = box[2] / frame.width, [x, y, wide] = middle(one);
    const across = Math.min(whole[2], Math.max(wide * unit * 3, whole[2] / 5)), down = across * whole[3] / whole[2];
    const left = box[0] + (x - frame.left) * unit - across / 2, top = box[1] + (y - frame.top) * unit - down / 2;
    see(across === whole[2] ? whole : [inside(left, across, whole[0], whole[2]), inside(top, down, whole[1], whole[3]), across, down]);
    choose(one);
  };
  for (const button of part.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      const { zoom: way } = button.dataset;
      if (way === "in") zoom(1.8);
      else if (way === "out") zoom(1 / 1.8);
      else see(way === "world" ? whole : part.dataset.europe.split(" ").map(Number));
    });
  }
  part.querySelector(".zoom").hidden = false;
  const fingers = new Map();
  let moved = 0, touched = false;
  picture.addEventListener("dragstart", (e) => e.preventDefault());
  picture.addEventListener("pointerdown", (e) => {
    fingers.set(e.pointerId, [e.clientX, e.clientY]);
    moved = 0; touched = e.pointerType !== "mouse";
  });
  picture.addEventListener("pointermove", (e) => {
    const before = fingers.get(e.pointerId), here = [e.clientX, e.clientY];
    if (!before || !e.buttons) return;
    const frame = picture.getBoundingClientRect(), [dx, dy] = [here[0] - before[0], here[1] - before[1]];
    const other = [...fingers].find(([id]) => id !== e.pointerId)?.[1];
    moved += Math.hypot(dx, dy);
    if (other) {
      const apart = ([x, y]) => Math.hypot(x - other[0], y - other[1]) || 1;
      zoom(apart(here) / apart(before), [((here[0] + other[0]) / 2 - frame.left) / frame.width, ((here[1] + other[1]) / 2 - frame.top) / frame.height]);
    } else if (box !== whole) {
      const unit = box[2] / frame.width;
      see([inside(box[0] - dx * unit, box[2], whole[0], whole[2]), inside(box[1] - dy * unit, box[3], whole[1], whole[3]), box[2], box[3]]);
    }
    fingers.set(e.pointerId, here);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    picture.addEventListener(end, (e) => fingers.delete(e.pointerId));
  }
  const nearest = (x, y) => {
    const far = (one) => { const [a, b] = middle(one); return Math.hypot(a - x, b - y); };
    const one = shapes.reduce((best, other) => (far(other) < far(best) ? other : best));
    return far(one) <= 24 ? one : null;
  };
  // A mouse follows the link at once. A finger first sees what it has hit, or the nearest, and follows with the next touch.
  picture.addEventListener("click", (e) => {
    if (moved > 6) { e.preventDefault(); return; }
    if (!touched) return;
    const one = e.target.closest(".vm-country") ?? nearest(e.clientX, e.clientY);
    if (one && one === chosen) { if (one !== e.target.closest("a")) location.assign(one.getAttribute("href")); return; }
    e.preventDefault();
    choose(one, one ? `. ${words.again}` : "");
  });

  // A country is found by any of its names.
  const offer = async () => {
    const list = byId("shapes");
    if (list.childElementCount) return;
    const names = (await choosable()).filter((one) => byId(`vm-${one.code}`)).map((one) => one.name).sort(new Intl.Collator(lang).compare);
    list.append(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  };
  const search = async (sure) => {
    const text = fold(find.value);
    if (!text) return;
    const all = (await choosable()).filter((one) => byId(`vm-${one.code}`));
    const one = all.find(({ keys }) => keys.includes(text)) ?? (sure && ranked(all, text)[0]);
    if (one) { mine = one.code; lookAt(byId(`vm-${one.code}`)); keep(); }
    else if (sure) voice.textContent = said(words.unknown, { name: find.value.trim() });
  };
  find.addEventListener("focus", offer, { once: true });
  find.addEventListener("input", () => search(false));
  find.form.addEventListener("submit", (e) => { e.preventDefault(); search(true); });

  // A line of the legend shows its countries alone.
  for (const line of part.querySelectorAll(".legend li")) {
    const button = document.createElement("button");
    button.type = "button"; button.setAttribute("aria-pressed", "false");
    button.append(...line.childNodes); line.append(button);
    button.addEventListener("click", () => {
      const shade = `vm-${line.dataset.shade.replaceAll("_", "-")}`;
      if (!picked.delete(shade)) picked.add(shade);
      button.setAttribute("aria-pressed", picked.has(shade));
      dress();
    });
  }

  const dayOf = (n) => {
    const on = `${firstYear + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}-01`;
    return Number(month.max) === n ? today : on;
  };
  const monthOf = (on) => {
    const [year, number] = on.split("-").map(Number);
    return Math.max(0, Math.min(Number(month.max), (year - firstYear) * 12 + number - 1));
  };
  const there = (code, on) => `${root}nationality/${code}/${on === today ? "" : `?on=${on}`}`;
  // The address says which day is seen, and whose country is marked.
  const keep = () => {
    const address = new URL(location.href), { on } = part.dataset;
    if (on === today) address.searchParams.delete("map"); else address.searchParams.set("map", on);
    if (mine) address.searchParams.set("mark", mine);
    history.replaceState(null, "", address);
  };
  let summary = "", playing = 0;
  const paint = (on, names, { marks, classes, words: { [lang]: map } }) => {
    for (const [code, [n, instrument]] of Object.entries(marks)) {
      const shape = byId(`vm-${code}`), row = rows.get(code);
      const message = said(map.sentences[n], { name: names.get(code) ?? code });
      if (shape) {
        shape.setAttribute("class", `vm-country ${classes[n]}`);
        shape.setAttribute("aria-label", message);
        shape.setAttribute("href", there(code, on));
      }
      if (!row) continue;
      const [, answer, act] = row.querySelectorAll("td");
      const verdict = message.slice(message.indexOf(": ") + 2);
      row.querySelector("a").href = there(code, on);
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
    summary = `${written(on)}: ${map.free} ${map.free_what}. ${map.practice}`;
    part.dataset.on = on;
    dress();
    for (const link of part.querySelectorAll(".files a")) link.href = link.href.replace(/on=[\d-]+/, `on=${on}`);
    for (const link of part.querySelectorAll(".years a")) {
      if (link.textContent === on.slice(0, 4)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (!playing) { voice.textContent = summary; keep(); }
  };

  let last = part.dataset.on;
  const turn = async (on) => {
    last = on; day.value = on;
    if (!seen.has(on)) {
      const kind = part.dataset.passport === "ordinary" ? "" : `?passport=${part.dataset.passport}`;
      seen.set(on, await ask(`${within}map/${on}.json`, kind, `${within}map/${on}.json`));
    }
    const world = seen.get(on), names = new Map((await choosable()).map((one) => [one.code, one.name]));
    if (!world) seen.delete(on);
    if (last !== on) return;
    if (world) paint(on, names, world);
    else byId("map-day").textContent = said(words.unfetched, { day: written(on), shown: written(part.dataset.on) });
  };

  month.parentElement.hidden = false;
  play.hidden = false;
  month.value = monthOf(part.dataset.on);
  const told = () => month.setAttribute("aria-valuetext", written(dayOf(Number(month.value))));
  told();
  month.addEventListener("input", () => { stop(); told(); turn(dayOf(Number(month.value))); });
  const toDay = (on) => { stop(); month.value = monthOf(on); told(); return turn(on); };
  let settled = 0;
  day.addEventListener("change", () => {
    clearTimeout(settled);  // a year is typed digit by digit
    settled = setTimeout(() => { if (day.validity.valid && day.value) toDay(day.value); }, 300);
  });
  day.form.addEventListener("submit", (e) => { e.preventDefault(); toDay(day.value); });
  for (const link of part.querySelectorAll(".years a")) {
    link.addEventListener("click", (e) => { e.preventDefault(); toDay(link.dataset.day); });
  }

  const stop = () => {
    if (playing) { playing = 0; voice.textContent = summary; keep(); }
    voice.setAttribute("aria-live", "polite");
    play.textContent = words.play; play.setAttribute("aria-pressed", "false");
  };
  play.addEventListener("click", async () => {
    if (playing) { stop(); return; }
    const run = playing = Date.now();
    voice.setAttribute("aria-live", "off");
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

  // A copy in files cannot read which day its address names.
  const named = new URLSearchParams(location.search).get("map");
  if (/^\d{4}-\d\d-\d\d$/.test(named) && named !== part.dataset.on) toDay(named);
}
