// The page: what is typed and chosen, the list of what fits, and what keys do in it.
const KEPT = "leafletpress.ward", STEP = 12;
const $ = id => document.getElementById(id);
const data = JSON.parse($("entries").textContent), form = $("choice"), list = $("found");
$("entries").remove();
const pieces = new Map([...$("words").content.children].map(one => [one.dataset.word, one]));
const now = new Date(), today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, "0")).join("-");
const CHOICES = ["language", "audience", "edition", "state"];
let search, found = [], shown = 0, order = new Map();

// An element with children: texts or elements.
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
  element.append(...children.filter(one => one !== null));
  return element;
}

// Template words; a value takes the place of U+FFFC.
function word(key, value = "") {
  const piece = pieces.get(key);
  if (!piece) return make("span", {}, key);
  const copy = piece.cloneNode(true), walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  copy.removeAttribute("data-word");
  while (walker.nextNode()) {
    const node = walker.currentNode, at = node.data.indexOf("\ufffc");
    if (at < 0) continue;
    const after = node.splitText(at);
    after.data = after.data.slice(1);
    after.before(make("bdi", {}, value));
    break;
  }
  return copy;
}

// The rows of data.handouts by name.
function leaflet([condition, locale, audience, code, version, state, since, review, check, files, reason, gone, instead]) {
  const [slug, titles] = data.conditions[condition], [folder, tag, dir, own, called] = data.locales[locale];
  const titleIn = place => titles[place] && titles[place][0];
  const name = titleIn(data.staff) || titleIn(data.english) || slug;
  const path = (edition, format) => `${slug}/${folder}/${slug}-${data.audiences[audience]}-${folder}${edition === data.default ? "" : `-${edition}`}.${format}`;
  const due = data.days[review], past = due[0] && due[0] < today && data.files[files].length;
  return {
    condition, locale, audience: data.audiences[audience], code, version, check, tag, dir, own, called, name, path, due, instead,
    ownTitle: locale === data.staff ? null : titleIn(locale), state: past ? "expired" : data.states[state],
    files: data.files[files], isNew: data.files[files].length > 0 && data.days[since][0].slice(0, 7) === today.slice(0, 7),
    reason: reason < 0 ? null : data.reasons[reason], gone: data.days[gone], nameLocale: titleIn(data.staff) ? data.staff : data.english,
  };
}

function titleNode(text, locale) {
  const [, tag, dir] = data.locales[locale] || ["", "en", "ltr"];
  return make("bdi", {lang: tag, dir}, text);
}

// --- The list ---

function card(row, number) {
  const one = leaflet(row), id = `leaflet-${number}`;
  const heading = make("h2", {id}, titleNode(one.name, one.nameLocale));
  if (one.ownTitle && one.ownTitle !== one.name) heading.append(" ", titleNode(one.ownTitle, one.locale));
  const language = make("b", {}, make("bdi", {lang: one.tag, dir: one.dir}, one.own));
  if (one.called !== one.own) language.append(" (", make("bdi", {}, one.called), ")");
  const about = [language, word(`audience ${one.audience}`), make("b", {class: one.state === "expired" ? "late" : null}, word(`state ${one.state}`))];
  if (one.isNew) about.push(make("b", {}, word("new_this_month")));
  if (one.version) about.push(word("version", one.version));
  if (one.due[0] && one.files.length) about.push(word("next_review", one.due[2]));
  if (one.code) about.push(coded(one));
  const files = ordered(one.files), digit = at => files.length > 1 && at < 9 ? String(at + 1) : "";
  const lines = one.files.length ? files.map((file, at) => line(one, file, `${id} ${id}-${at}`, digit(at))) : [stopped(one, id)];
  return make("li", {}, heading, make("p", {class: "about"}, ...about), ...lines);
}

// The codes on its paper; they lead to the page that says which papers are current, where there is one.
function coded({code, check, files}) {
  const text = `${code} ${check}`.trim(), page = code.split("-")[0];
  return make("bdi", {dir: "ltr"}, files.length && /^[A-Z]{4,6}$/.test(page) ? make("a", {href: `status/${page}.html#${check}`}, text) : text);
}

// The editions that fit what was typed first, and without those that a choice leaves out.
function ordered(files) {
  const chosen = form.elements.edition.value;
  return files.filter(([edition]) => !chosen || edition === chosen).sort(([one], [other]) => (order.get(other) || 0) - (order.get(one) || 0));
}

// A form of a leaflet with its links; of several, each has a digit that leads to it.
function line(one, [edition, formats, reason], labelled, digit) {
  const [leafletId, id] = labelled.split(" "), group = make("div", {class: "line", role: "group", tabindex: "-1", "aria-labelledby": labelled, "aria-keyshortcuts": digit || null}, make("span", {id}, word(`edition ${edition}`), digit ? make("kbd", {"aria-hidden": "true"}, digit) : ""));
  if (!formats) {
    group.append(word("unavailable"), make("bdi", {lang: "en", dir: "ltr"}, data.reasons[reason]));
    return group;
  }
  const has = formats.split(" "), best = (...wanted) => wanted.find(format => has.includes(format));
  const link = (key, words, format, attributes, said = "") => {
    if (format) group.append(make("a", {href: one.path(edition, format), "data-key": key || null, "aria-keyshortcuts": key ? key.toUpperCase() : null, ...attributes}, word(words), said && ` ${said}`, key ? make("kbd", {"aria-hidden": "true"}, key.toUpperCase()) : ""));
  };
  link("p", "print_leaflet", best("pdf", "html"), {target: "_blank", "data-print": ""});
  link("o", "open_leaflet", best("html", "pdf"), {target: "_blank", rel: "noopener"});
  const kept = best("pdf", "docx", "html");
  const saved = {download: "", target: "_blank", rel: "noopener"}; // from a disk, browsers open it instead: not in the place of this page
  link("d", "download_leaflet", kept, saved, kept && kept.toUpperCase());
  for (const format of has) if (format !== kept && format === "docx") link("", "download_leaflet", format, saved, format.toUpperCase());
  return group;
}

// What is said of a leaflet that nobody may use, or that is held back: why, and what to use instead.
function stopped(one, id) {
  const group = make("div", {class: "line stop", role: "group", tabindex: "-1", "aria-labelledby": id}), withdrawn = one.gone[0] !== "";
  group.append(make("p", {}, withdrawn ? word("withdrawn", one.gone[1]) : word("unavailable")));
  const why = one.reason === null ? (withdrawn ? word("discontinued") : null) : make("bdi", withdrawn ? {lang: data.locales[data.staff] ? data.locales[data.staff][1] : "en", dir: "auto"} : {lang: "en", dir: "ltr"}, one.reason);
  if (why) group.append(make("p", {}, word("withdrawn_why"), ": ", why));
  const other = instead(one);
  if (other) {
    const [edition, formats] = other.files.find(([, has]) => has), format = formats.split(" ")[0];
    const link = make("a", {href: other.path(edition, format), target: "_blank", rel: "noopener", "data-key": "o", "aria-keyshortcuts": "O"}, titleNode(other.ownTitle || other.name, other.ownTitle ? other.locale : other.nameLocale), " (", make("bdi", {lang: other.tag, dir: other.dir}, other.own), ")", make("kbd", {"aria-hidden": "true"}, "O"));
    group.append(make("p", {}, word("withdrawn_instead"), ": ", link));
  } else if (one.instead >= 0) {
    group.append(make("p", {}, word("withdrawn_instead"), ": ", make("bdi", {}, leaflet([one.instead, one.locale, 0, "", "", 0, 0, 0, "", 0, -1, 0, -1]).name)));
  }
  return group;
}

// The leaflet that takes the place of another: that which was named, or the same in English; published ones alone.
function instead(one) {
  const wanted = one.instead >= 0 ? one.instead : one.condition, places = one.instead >= 0 ? [one.locale, data.english] : [data.english];
  for (const locale of places) {
    const row = data.handouts.find(other => other[0] === wanted && other[1] === locale && data.audiences[other[2]] === one.audience && data.files[other[9]].some(([, has]) => has));
    if (row) return leaflet(row);
  }
  return null;
}

function more() {
  const next = found.slice(shown, shown + STEP);
  list.append(...next.map((row, at) => card(row, shown + at)));
  shown += next.length;
}

function update() {
  const value = Object.fromEntries(CHOICES.map(name => [name, form.elements[name].value])), isNew = $("new").getAttribute("aria-pressed") === "true";
  const fits = row => {
    const [, locale, audience, , , , , , , files] = row;
    if (value.language && data.locales[locale][0] !== value.language || value.audience && data.audiences[audience] !== value.audience) return false;
    if (value.edition && data.files[files].length && !data.files[files].some(([edition]) => edition === value.edition)) return false;
    if (!value.state && !isNew) return true;
    const one = leaflet(row);
    return (!value.state || one.state === value.state) && (!isNew || one.isNew);
  };
  const text = form.elements.text.value, result = search.find(text, fits);
  found = result.found;
  order = result.editions;
  shown = 0;
  list.replaceChildren();
  $("by-hand").replaceChildren();
  more();
  $("said").replaceChildren(word("leaflets_found", String(found.length)));
  if (result.nearest && result.nearest.errors && found.length) $("said").append(" ", word("code_nearest", text.trim()));
  keep(value);
}

// --- What the ward chose is remembered, where the browser lets a page do so; the language is that of one patient ---

function keep({audience, edition}) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({audience, edition}));
  } catch { /* forbidden here */ }
}

function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT)) || {};
    for (const name of ["audience", "edition"]) {
      if ([...form.elements[name].options].some(option => option.value === kept[name])) form.elements[name].value = kept[name];
    }
  } catch { /* forbidden here, or not ours */ }
}

// --- Keys ---

function print(link) {
  const opened = window.open(link.href);
  try {
    opened.addEventListener("load", () => opened.print());
  } catch { /* a page from a disk may not touch what it opens */ }
  $("by-hand").replaceChildren(word("print_by_hand"));
}

function move(event) {
  const lines = () => [...list.querySelectorAll(".line")], at = lines().indexOf(event.target.closest(".line"));
  if (event.key === "Escape" || (event.key === "ArrowUp" && at <= 0)) {
    form.elements.text.focus();
    form.elements.text.select();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.key === "ArrowDown" && at === lines().length - 1) more();
    const next = lines()[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) next.focus();
  } else {
    // A keyboard for another script has P where the Latin one has it.
    const letter = /^[a-z0-9]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();
    const numbered = at >= 0 && /^[1-9]$/.test(letter) && event.target.closest("li").querySelectorAll(".line")[letter - 1];
    if (numbered) numbered.focus();
    const link = at >= 0 && lines()[at].querySelector(`[data-key="${CSS.escape(letter)}"]`);
    if (!link && !numbered) return;
    if (link) link.click();
  }
  event.preventDefault();
}

const isPlain = event => !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;

form.hidden = false;
remembered();
search = new Search(data, scriptNames, (kind, name) => word(`${kind} ${name}`).textContent);
const fresh = data.handouts.filter(row => leaflet(row).isNew).length;
$("new").hidden = !fresh;
$("new").setAttribute("aria-pressed", "false");
$("new").append(word("new_this_month"), `: ${fresh}`);
update();
form.elements.text.focus();

form.addEventListener("input", update);
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("reset", () => {
  $("new").setAttribute("aria-pressed", "false");
  setTimeout(() => { update(); form.elements.text.focus(); });
});
$("new").addEventListener("click", () => {
  $("new").setAttribute("aria-pressed", String($("new").getAttribute("aria-pressed") !== "true"));
  update();
});
$("poster").addEventListener("click", () => window.print());
form.elements.text.addEventListener("keydown", event => {
  const first = list.querySelector(".line");
  if (!isPlain(event) || !first || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  first.focus();
});
list.addEventListener("keydown", event => { if (isPlain(event)) move(event); });
list.addEventListener("click", event => {
  const link = event.target.closest("[data-print]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  print(link);
});
if (globalThis.IntersectionObserver) new IntersectionObserver(([end]) => { if (end.isIntersecting && shown && shown < found.length) more(); }, {rootMargin: "50%"}).observe(document.querySelector("footer"));

// The script of a language, in English and in the language of the page, as far as the browser knows it.
function scriptNames(tag) {
  try {
    const script = new Intl.Locale(tag).maximize().script;
    return ["en", document.documentElement.lang].map(language => new Intl.DisplayNames([language], {type: "script"}).of(script));
  } catch {
    return [];
  }
}
