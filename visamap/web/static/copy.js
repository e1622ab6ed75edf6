// A fixed copy has no server that reads a form: names, days of stay and the day of the map are read here.
const plain = (text) => text.normalize("NFKD").toLowerCase().replaceAll("\u0438\u0306", "\u0439")
  .replace(/[\u0131\u00f8\u0142\u0111\u00f0\u00fe\u00e6\u0153\u00df]/g, (sign) => SPELLED[sign])
  .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u02bb\u02bc\p{Cf}\p{Pi}\p{Pf}'.`]/gu, "").replaceAll("&", " and ")
  .replace(/[\p{P}\p{S}\p{Z}]+/gu, " ").normalize("NFC").split(" ").filter(Boolean)
  .map((word, n, all) => (word === "st" && all.length > 1 ? "saint" : word))
  .filter((word, n, all) => word !== "the" || all.length === 1).join(" ");
const SPELLED = { ı: "i", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ß: "ss" };
const flags = (text) => text.replace(/[\u{1f1e6}-\u{1f1ff}]/gu, (sign) => String.fromCharCode(sign.codePointAt(0) - 0x1f1e6 + 65));
const read = (address) => fetch(address).then((answer) => answer.json());
const ofName = async (text) => {
  const codes = new Map(), names = new Map();
  for (const [code, short, , others] of await read(document.body.dataset.countries)) {
    for (const one of [code, short]) codes.set(one.toLowerCase(), code);
    for (const one of others.split("|")) names.set(one, code);
  }
  let elsewhere = null;
  const find = async (part) => {
    const code = part.trim().toLowerCase(), name = plain(part);
    const found = codes.get(code) ?? names.get(name);
    if (found || !name) return found;
    elsewhere ??= await read(`${home}static/names.json`);
    return elsewhere[/^\d+$/.test(code) ? code.padStart(3, "0") : code] ?? elsewhere[name];
  };
  const whole = await find(flags(text));
  if (whole) return whole;
  const parts = text.split(/[()/|;:=,\n\t\][{}]+| [-\u2013\u2014]+ /).filter((part) => plain(part));
  const found = new Set(await Promise.all(parts.map(find)));
  return found.size === 1 ? [...found][0] : undefined;
};

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
  (document.querySelector(".answer") ?? form).before(box);
};

// The answer of the page is of today, for an ordinary passport; how a stay changes it is told with it.
const article = document.querySelector("article.answer"), { stays } = document.body.dataset;
const SIGNS = {
  yes: "M14 25l7 7 14-15", home: "M14 25l7 7 14-15", no: "M15 13h18v22H15zM20 29.5h8M20 18h8v6h-8z", closed: "M13 24h22",
  maybe: "M18 19a6 6 0 1 1 9 5c-2 1.3-3 2.5-3 5M24 34.5v.1",
};
const stay = (days) => {
  const [, forms] = JSON.parse(stays).find(([most]) => days <= most) ?? [];
  if (!forms) return false;
  const [tone, short, sentence] = forms[new Intl.PluralRules(lang).select(days)], heading = article.querySelector(".verdict h2");
  const put = (text) => text.replaceAll("{n}", days);
  const whole = article.querySelector(".verdict .said") ?? document.createElement("p");
  article.className = `answer tone-${tone}`;
  article.querySelector(".sign path").setAttribute("class", tone === "no" ? "thin" : "");
  article.querySelector(".sign path").setAttribute("d", SIGNS[tone]);
  document.title = document.title.replace(heading.textContent, put(short));
  heading.textContent = put(short);
  whole.className = "said"; whole.textContent = put(sentence);
  if (sentence) heading.after(whole); else whole.remove();
  return true;
};
if (stays && article) {
  const days = asked.get("days")?.trim();
  const usual = ["on", "passport"].every((name) => !asked.get(name) || [byId(name)?.defaultValue, "ordinary", document.body.dataset.today].includes(asked.get(name)));
  if (days && byId("days")) byId("days").value = days;
  if (!usual || (days && !(/^\d{1,4}$/.test(days) && stay(Number(days))))) notice(words.copy);
} else if (wanted && form) {
  ofName(wanted).then((code) => {
    if (!code) { notice(said(words.unknown, { name: wanted })); return; }
    const there = new URL(`${root}nationality/${code}/`, location.href);
    for (const name of ["passport", "on", "days"]) if (asked.get(name)) there.searchParams.set(name, asked.get(name));
    if (byId("ask")) { location.replace(there); return; }
    const link = document.createElement("a");
    link.href = there; link.textContent = said(words.there, { name: wanted });
    notice(words.copy, link);
  });
}

const mapped = asked.get("map"), mapDay = byId("map-on");
if (mapped && mapDay && mapDay.value !== mapped) {
  mapDay.value = mapped;
  mapDay.dispatchEvent(new Event("change"));
}
