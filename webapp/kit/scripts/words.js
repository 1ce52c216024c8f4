"use strict";
/* Text into folded words and stems, a question into clauses: what index/analysis.py and index/query.py do, told again for
   a browser.  Field filters are set on the page and not typed; exact forms (=word) need the server. */
window.fingerpost = window.fingerpost || {};

(function () {
  const ELIDED = new Set(("l d j m t s n c qu jusqu lorsqu puisqu quoiqu dell all nell dall sull un").split(" "));
  const SPACELESS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff";
  const MARKS = "\\p{M}\u00ad\u200b-\u200d\u2060";
  const TOKEN = new RegExp(
    `[${SPACELESS}][${MARKS}]*|(?:(?![${SPACELESS}])[\\p{L}\\p{N}])+(?:[${MARKS}]+(?:(?![${SPACELESS}])[\\p{L}\\p{N}])+)*`, "gu");
  const APOSTROPHE = /['\u2019\u02bc\uff07]/g;
  const LETTER = /[\p{L}\p{N}]/u;
  const JOINER = /^[-\u2010\u2011\u2012\u2013/&.+_'\u2019\u02bc\uff07]$/u;
  const TOKEN_MAX = 100;
  const PHRASE_PART_MAX = 2;

  function fold(raw) {
    const decomposed = raw.normalize("NFKC").toLowerCase().replace(/\u00df/g, "ss").normalize("NFKD");
    return decomposed.replace(/[^\p{L}\p{N}]/gu, "").replace(/\u0640/g, "");
  }

  /** The words of a text with their places, without possessive s and elided articles. */
  function tokens(text) {
    let found = [...text.matchAll(TOKEN)].map((m) => ({ start: m.index, end: m.index + m[0].length, raw: m[0] }));
    const cut = new Set();
    for (const match of text.matchAll(APOSTROPHE)) {
      const at = match.index;
      const after = found.findIndex((word) => word.end >= at + 1);
      const next = after < 0 ? found.length : after;
      if (next < found.length && found[next].start === at + 1 && LETTER.test(text[at - 1] || "") && fold(found[next].raw) === "s") cut.add(next);
      if (next && found[next - 1].end === at && LETTER.test(text[at + 1] || "") && ELIDED.has(fold(found[next - 1].raw))) cut.add(next - 1);
    }
    found = found.filter((_, at) => !cut.has(at));
    return found.map((t) => ({ word: fold(t.raw.slice(0, TOKEN_MAX)), start: t.start, end: t.end })).filter((t) => t.word);
  }

  const forms = new Map(); // by language, the stem of every form that is none itself

  function stem(word, language) {
    if (!forms.has(language)) {
      const made = new Map();
      for (const [to, endings] of Object.entries(fingerpost.data.lexicon.stems[language] || {})) {
        for (const ending of endings.split(" ")) made.set(ending.startsWith("=") ? ending.slice(1) : to + ending, to);
      }
      forms.set(language, made);
    }
    return forms.get(language).get(word) || word;
  }

  /** The tokens of what was typed, those of one compound (W-2, R&D) together. */
  function compounds(text) {
    const runs = [];
    for (const token of tokens(text)) {
      const last = runs.at(-1);
      if (last && joined(text, last.at(-1), token)) last.push(token);
      else runs.push([token]);
    }
    return runs.flatMap((run) => (run.some((t) => t.word.length <= PHRASE_PART_MAX) ? [run] : run.map((t) => [t])));
  }

  function joined(text, left, right) {
    const between = text.slice(left.end, right.start);
    if (between === "," || between === ":") return /^\p{N}+$/u.test(left.word) && /^\p{N}+$/u.test(right.word);
    return between === "" || JOINER.test(between);
  }

  const ITEM = /\s*((?:(?<!\S)-+(?=[^\s-]))?)(?:[(\[{]*(?=[^\s(\[{"]))?=?(?:"([^"]*)"?|([^\s"]+))/gu;

  /** A question as clauses: words, compounds and phrases, wanted or excluded. */
  function parse(typed) {
    const text = typed.replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02]/g, '"').replace(/\s+/g, " ").trim();
    const clauses = [];
    let room = fingerpost.data.numbers.MAX_WORDS;
    for (const match of text.matchAll(ITEM)) {
      const quoted = match[2] !== undefined;
      const value = quoted ? match[2] : match[3];
      const all = tokens(value);
      if (!all.length) continue;
      for (const part of quoted ? [all] : compounds(value)) {
        const held = part.slice(0, room);
        if (!held.length) break;
        room -= held.length;
        const kind = quoted ? "phrase" : held.length > 1 ? "compound" : "word";
        const excluded = Boolean(match[1]);
        clauses.push({
          text: value.slice(held[0].start, held.at(-1).end), words: held.map((t) => t.word), kind, excluded,
          required: !excluded && kind === "phrase",
        });
      }
    }
    return { text, clauses };
  }

  Object.assign(fingerpost, {
    data: {},
    take(name, part) { fingerpost.data[name] = part; },
    words: { fold, tokens, stem, parse },
  });
})();
