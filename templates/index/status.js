// Finds, among the papers of this leaflet, the one whose check code or version is typed, or stands behind the # of the address.
const $ = id => document.getElementById(id);
// The signs of check codes, and those that are taken for one of them: leafletpress/model/text/check_code.py.
const SIGNS = "23456789CDFHJKLMNPRTVWX", ALIKE = {O: "D", 0: "D", Q: "D", 1: "L", I: "L", Z: "2", S: "5", G: "6", B: "8", U: "V", Y: "V"};
const MOST_ERRORS = 2;
const papers = [...document.querySelectorAll("[data-number]")], form = $("copy-form"), text = $("copy-text");
const pieces = [...$("copy-words").content.children], languages = [...new Set(pieces.map(one => one.dataset.language))];
const groups = document.querySelectorAll("section, .group"), nav = document.querySelector("nav");

const asCode = typed => [...typed.toUpperCase().replace(/[^A-Z0-9]/g, "")].map(sign => ALIKE[sign] || sign).join("");

// Whether the last sign fits the others: then nobody misread one, or let two change places.
function fits(code) {
  const total = [...code].reduce((sum, sign) => (sum * 2 + SIGNS.indexOf(sign)) % 23, 0);
  return code.length === 6 && [...code].every(sign => SIGNS.includes(sign)) && total === 1;
}

// The papers that are meant; `nearest` is what was typed, where they are those whose check codes are most like it.
function find(typed) {
  const parts = typed.trim().split(/[\s,;·]+/).filter(Boolean);
  const handout = parts.find(part => /^[a-z]{4,6}-[a-z]+-/i.test(part)), of = handout && papers.filter(one => one.dataset.handout.toLowerCase() === handout.toLowerCase());
  const among = of && of.length ? of : papers, rest = parts.filter(part => part !== handout);
  const codes = [rest.join(""), ...rest].map(asCode), exact = among.filter(one => one.dataset.code && codes.includes(one.dataset.code));
  if (exact.length) return {found: exact};
  const number = rest.find(part => /^\d+(\.\d+)*(-\d+)?$/.test(part) && among.some(one => one.dataset.number === part || one.dataset.number.startsWith(`${part}-`)));
  if (number) return {found: among.filter(one => one.dataset.number === number || one.dataset.number.startsWith(`${number}-`))};
  if (!rest.length && of && of.length) return {found: of};
  const code = codes[0];
  if (code.length < 4 || code.length > 8 || rest.some(part => part.includes(".")) || fits(code)) return {found: []};
  const errors = new Map(among.filter(one => one.dataset.code).map(one => [one, distance(code, one.dataset.code)]));
  const least = Math.min(MOST_ERRORS, ...errors.values());
  return {found: [...errors.keys()].filter(one => errors.get(one) === least), nearest: rest.join(" ")};
}

// Template words for staff and for a reader; what was typed takes the place of U+FFFC.
function say(key, language, value = "") {
  return pieces.filter(one => one.dataset.word === key && [languages[0], language].includes(one.dataset.language)).map(piece => {
    const said = document.createElement("p"), walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
    said.append(...piece.cloneNode(true).childNodes);
    said.lang = piece.lang;
    said.dir = piece.dir;
    while (walker.nextNode()) {
      const node = walker.currentNode, at = node.data.indexOf("\ufffc"), typed = document.createElement("bdi");
      if (at < 0) continue;
      const after = node.splitText(at);
      after.data = after.data.slice(1);
      typed.textContent = value;
      after.before(typed);
      break;
    }
    return said;
  });
}

// The language of who reads the page: the one that was chosen, else the first of the browser's that there is.
function reader() {
  const chosen = decodeURIComponent(location.hash.slice(1)), tags = navigator.languages.map(tag => tag.replace(/-/g, "_"));
  const wanted = [chosen, ...tags, ...tags.map(tag => tag.split("_")[0])];
  return wanted.find(name => languages.includes(name)) || languages[0];
}

function update() {
  const language = reader(), typed = text.value.trim(), {found, nearest} = typed ? find(typed) : {found: papers};
  for (const one of papers) one.hidden = !found.includes(one);
  for (const one of groups) one.hidden = !one.querySelector("[data-number]:not([hidden])");
  nav.hidden = typed !== "";
  $("copy-label").replaceChildren(...say("copy_enter", language).map(said => {
    const line = document.createElement("span");
    line.append(...said.childNodes);
    line.lang = said.lang;
    line.dir = said.dir;
    return line;
  }));
  $("copy-said").replaceChildren(...(!found.length ? say("copy_unknown", language) : nearest ? say("code_nearest", language, nearest) : []));
  // What is said of the paper is seen below; it is heard here.
  if (typed && found.length === 1 && !nearest) $("copy-said").append(...[...found[0].querySelectorAll(".state")].map(heard));
}

function heard(state) {
  const copy = state.cloneNode(true), {lang, dir} = state.closest("[lang]");
  Object.assign(copy, {lang, dir, className: "heard"});
  return copy;
}

// What stands behind the # is a language, or a check code or version.
function follow() {
  const named = decodeURIComponent(location.hash.slice(1));
  text.value = languages.includes(named) ? "" : named;
  update();
}

const now = new Date(), today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, "0")).join("-");
for (const one of document.querySelectorAll("[data-due]")) one.hidden = today <= one.dataset.due;
form.hidden = false;
form.addEventListener("submit", event => event.preventDefault());
text.addEventListener("input", update);
window.addEventListener("hashchange", follow);
follow();
