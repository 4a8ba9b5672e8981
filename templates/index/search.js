// Finds leaflets by what is typed. A word of the query fits a leaflet where it begins a word of its names, codes, language,
// reader or editions; one that begins none fits those that differ by an error or two. All words of a query must fit.

// Letters of one sound in the orthographies of the Arabic script, as Lucene's normalizers for Arabic and Persian have them.
const ALIKE = {"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ـ": ""};
// Scripts that are written without spaces: in them, a word may begin at each sign.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const EXACT = 4, BEGINS = 2, LOOSE = 1;

// A text without case, accents, vowel marks and invisible signs: two that read alike are alike.
function fold(text) {
  return text.normalize("NFKD").replace(/(?=\p{M})\p{Diacritic}|[\u0653-\u0655]|\p{Cf}/gu, "").toLowerCase().replace(/[ىیېکڪةہھۃـ]/g, letter => ALIKE[letter]);
}

const typed = text => fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) || [];

// The words that a text is found by: in Arabic also without the article, in unspaced scripts from each sign on.
function words(text) {
  return typed(text).flatMap(word => {
    if (UNSPACED.test(word)) return [...word].map((_, at, all) => all.slice(at).join(""));
    return word.length > 4 && word.startsWith("ال") ? [word, word.slice(2)] : [word];
  });
}

// Takes the place of the library where a page was made without it: the same answers, but for typing errors.
class PlainTree extends Map {
  fetch(word, initial) {
    if (!this.has(word)) this.set(word, initial());
    return this.get(word);
  }
  *atPrefix(start) {
    for (const pair of this) if (pair[0].startsWith(start)) yield pair;
  }
  fuzzyGet() {
    return new Map();
  }
}

// What is found has a place: conditions first, then languages, their scripts, readers, editions, and each condition in each
// language. `scripts` gives the names of a language's script, `label` those of a reader or an edition.
class Search {
  constructor(data, scripts, label) {
    this.data = data;
    this.tree = new (globalThis.MiniSearch || PlainTree)();
    const counts = ["conditions", "locales", "locales", "audiences", "editions"].map(name => data[name].length);
    [this.locale, this.script, this.audience, this.edition, this.title] = counts.reduce((places, count, at) => [...places, (places[at - 1] || 0) + count], []);
    this.size = this.title + counts[0] * counts[1];
    data.conditions.forEach(([name, titles], condition) => {
      this.add(name, condition);
      for (const [locale, both] of Object.entries(titles)) {
        const everyone = +locale === data.staff || +locale === data.english;
        for (const text of both) this.add(text, everyone ? condition : this.titled(condition, +locale));
      }
    });
    data.locales.forEach((names, locale) => {
      [...names.slice(0, 2), ...names.slice(3)].forEach(text => this.add(text, this.locale + locale));
      scripts(names[1]).forEach(text => this.add(text, this.script + locale));
    });
    data.audiences.forEach((name, at) => [name, label("audience", name)].forEach(text => this.add(text, this.audience + at)));
    data.editions.forEach((name, at) => [name, label("edition", name)].forEach(text => this.add(text, this.edition + at)));
    this.codes = new Map();
    for (const [condition, , audience, code, , , , , check] of new Map(data.handouts.map(one => [`${one[3]} ${one[8]}`, one])).values()) {
      const [first, second] = typed(code);
      if (first) this.add(first, condition);
      if (second) this.add(second, this.audience + audience);
      if (check) this.codes.set(check.toLowerCase(), check);
    }
  }

  titled(condition, locale) {
    return this.title + condition * this.data.locales.length + locale;
  }

  add(text, place) {
    for (const word of words(text)) {
      const places = this.tree.fetch(word, () => []);
      if (places[places.length - 1] !== place) places.push(place);
    }
  }

  // How well a word fits, by place; and whether it begins anything.
  scores(word) {
    const scores = new Float32Array(this.size), languages = this.data.locales.length;
    const note = (places, score) => {
      for (const place of places) {
        if (scores[place] < score) scores[place] = score;
        if (place < this.title) continue;
        const condition = Math.floor((place - this.title) / languages);
        if (scores[condition] < score - 0.5) scores[condition] = score - 0.5;
      }
    };
    let begins = false;
    for (const [found, places] of this.tree.atPrefix(word)) {
      begins = true;
      note(places, found === word ? EXACT : BEGINS + word.length / found.length);
    }
    const most = word.length < 4 ? 0 : word.length < 6 ? 1 : 2;
    if (!begins && most) for (const [places, errors] of this.tree.fuzzyGet(word, most).values()) note(places, LOOSE + 0.5 / errors);
    return {scores, begins};
  }

  // The rows that fit a query, the best first; `nearest` are check codes that were meant, where the typed one is none.
  find(text, fits) {
    const {handouts, files, editions} = this.data, query = typed(text), code = query.join("");
    const each = query.map(word => this.scores(word));
    let nearest = null;
    if (query.length < 4 && /^[a-z0-9]{5,7}$/.test(code) && !(query.length > 1 && each.every(one => one.begins))) {
      if (this.codes.has(code)) nearest = {codes: [this.codes.get(code)], errors: 0};
      else if (!each.some(one => one.begins)) nearest = this.nearest(code);
    }
    const byEdition = each.map(({scores}) => files.map(of => Math.max(0, ...of.map(([edition]) => scores[this.edition + editions.indexOf(edition)] || 0))));
    const keys = new Float64Array(handouts.length);
    let count = 0;
    handouts.forEach((one, at) => {
      if (!fits(one)) return;
      let total = 0;
      if (nearest) total = nearest.codes.includes(one[8]) ? 1 : 0;
      else for (let word = 0; word < each.length; word++) {
        const {scores} = each[word];
        const best = Math.max(scores[one[0]], scores[this.titled(one[0], one[1])], scores[this.locale + one[1]], scores[this.script + one[1]] - 1, scores[this.audience + one[2]], byEdition[word][one[9]]);
        if (best <= 0) return;
        total += best;
      }
      if (!total && query.length) return;
      if (files[one[9]].length) total += 0.01; // of those that fit alike, what is published comes first
      keys[count++] = Math.round((1000 - total) * 1000) * 1e6 + at;
    });
    const found = Array.from(keys.subarray(0, count).sort(), key => handouts[key % 1e6]);
    return {found, nearest, editions: new Map(editions.map((name, at) => [name, Math.max(0, ...each.map(({scores}) => scores[this.edition + at]))]))};
  }

  // Check codes that one or two errors lead to, those with fewest; null where there are none.
  nearest(code) {
    let errors = 3, codes = [];
    for (const [known, shown] of this.codes) {
      const far = distance(code, known);
      if (far < errors) [errors, codes] = [far, []];
      if (far === errors && far < 3) codes.push(shown);
    }
    return codes.length ? {codes, errors} : null;
  }
}
