"use strict";
/* Finds and ranks: what index/understanding.py, index/whoosh_engine/scorer.py and snapshot.py and index/fusion.py do, told
   again for a browser.  Every number of a formula comes from there (data.numbers, data.things). */
(function () {
  const { tokens, stem, parse } = fingerpost.words;
  let made = null;

  // ------------------------------------------------------------------ what there is

  /** The views with their posting lists; made once. */
  function collection() {
    if (made) return made;
    const { terms, views } = fingerpost.data.things;
    const number = new Map(terms.map((term, n) => [term, n]));
    const languages = new Set(), owners = new Set(), frequency = new Map(), opened = {};
    for (const [what, view] of Object.entries(views)) {
      const postings = new Map(); // term → for each part a map of things to counts
      view.things.forEach((thing, at) => {
        languages.add(thing.language);
        owners.add(thing.owner);
        thing.words.forEach((words, part) => {
          const step = thing.running ? 1 : 2;
          for (let i = 0; i < words.length; i += step) {
            if (!postings.has(words[i])) postings.set(words[i], thing.words.map(() => new Map()));
            const counts = postings.get(words[i])[part];
            counts.set(at, (counts.get(at) || 0) + (thing.running ? 1 : words[i + 1]));
          }
        });
      });
      const twins = new Map();
      view.things.forEach((thing) => twins.set(thing.twin, (twins.get(thing.twin) || 0) + 1));
      opened[what] = { what, ...view, postings, twins, kept: new Map() };
    }
    const rank = new Map([...owners].sort().map((owner, n) => [owner, n]));
    for (const view of Object.values(opened)) view.places = view.things.map((thing) => rank.get(thing.owner) * 4294967296 + thing.ordinal);
    made = { number, languages: [...languages], views: opened, frequency, words: null };
    return made;
  }

  /** The things of a view that hold words in a row, with the score that this gives each. */
  function impacts(view, words) {
    const key = words.join(" ");
    if (!view.kept.has(key)) view.kept.set(key, scored(view, holding(view, words)));
    return view.kept.get(key);
  }

  function holding(view, words) {
    const parts = view.averages.map(() => new Map());
    if (words.length === 1) {
      for (const list of variants(view, words)) list[0].forEach((counts, part) => merge(parts[part], counts));
      return parts;
    }
    const told = fingerpost.data.things.phrases[words.join(" ")];
    if (told) {
      (told[view.what] || []).forEach((pairs, part) => { for (let i = 0; i < pairs.length; i += 2) parts[part].set(pairs[i], pairs[i + 1]); });
      return parts;
    }
    // A name that nobody told beforehand is looked for where the words stand in their order.
    for (const [first, ...rest] of numbersOf(view, words)) {
      (view.postings.get(first) || []).forEach((counts, part) => {
        for (const at of counts.keys()) {
          const thing = view.things[at];
          if (!thing.running) continue;
          const held = thing.words[part];
          let times = 0;
          held.forEach((term, i) => { if (term === first && rest.every((other, k) => held[i + 1 + k] === other)) times++; });
          if (times) parts[part].set(at, times);
        }
      });
    }
    return parts;
  }

  /** The words as numbers of terms in every language in which the view knows all of them. */
  function numbersOf(view, words) {
    const { number, languages } = collection();
    const found = new Map();
    for (const language of languages) {
      const terms = words.map((word) => number.get(`${language}:${stem(word, language)}`));
      if (terms.every((term) => term !== undefined && view.postings.has(term))) found.set(terms.join(" "), terms);
    }
    return [...found.values()];
  }

  function variants(view, words) { return numbersOf(view, words).map((terms) => terms.map((term) => view.postings.get(term))); }

  function merge(counts, more) { for (const [at, count] of more) counts.set(at, (counts.get(at) || 0) + count); }

  function scored(view, parts) {
    const { k1, b, boosts } = fingerpost.data.things;
    const scores = new Map();
    parts.forEach((counts, part) => {
      const scale = boosts[part] * idf(view, counts.size) * (k1 + 1);
      for (const [at, count] of counts) {
        const norm = k1 * (1 - b + (b * view.things[at].lengths[part]) / view.averages[part]);
        scores.set(at, (scores.get(at) || 0) + (scale * count) / (count + norm));
      }
    });
    return scores;
  }

  function idf(view, count) { return Math.log(Math.max(view.things.length, 1) / (count + 1)) + 1; }

  /** How many things of all views hold words in a row. */
  function frequency(words) {
    const { frequency: known, views } = collection();
    const key = words.join(" ");
    if (!known.has(key)) known.set(key, Object.values(views).reduce((sum, view) => sum + impacts(view, words).size, 0));
    return known.get(key);
  }

  // ------------------------------------------------------------------ what is meant

  /** Words of the collection that a slip of the hand may have turned into this one, best first. */
  function near(word) {
    const n = fingerpost.data.numbers;
    const slips = word.length < n.SHORTEST ? 0 : word.length < n.LONG_WORD ? 1 : 2;
    if (!slips) return [];
    const change = word.length < n.SHORT_WORD ? 2 : 1;
    const found = [];
    for (const [other, things] of Object.entries(fingerpost.data.lexicon.spelling)) {
      if (other[0] !== word[0] || other === word || Math.abs(other.length - word.length) > slips) continue;
      const far = distance(word, other, change);
      if (far <= slips) found.push([far, -things, other]);
    }
    found.sort((one, two) => one[0] - two[0] || one[1] - two[1] || (one[2] < two[2] ? -1 : 1));
    return found.map((row) => row[2]);
  }

  /** Insertions, deletions, changes and swaps of neighbours between two words (Damerau 1964; restricted form). */
  function distance(one, other, change) {
    let earlier = [], before = [], row = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      [earlier, before, row] = [before, row, [i]];
      for (let j = 1; j <= other.length; j++) {
        let best = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] === other[j - 1] ? 0 : change));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) best = Math.min(best, earlier[j - 2] + 1);
        row.push(best);
      }
    }
    return row[other.length];
  }

  function stopWords(words) {
    let best = null, most = -1;
    for (const list of Object.values(fingerpost.data.numbers.STOP_WORDS)) {
      const held = words.filter((word) => list.includes(word)).length;
      if (held > most) { most = held; best = list; }
    }
    return new Set(best);
  }

  function framing(words) {
    const text = words.join(" "), found = new Set();
    for (const match of text.matchAll(new RegExp(fingerpost.data.numbers.FRAMES, "g"))) {
      const first = text.slice(0, match.index).split(" ").length - 1;
      match[0].trim().split(" ").forEach((_, n) => found.add(first + n));
    }
    return found.size < words.length ? found : new Set();
  }

  function idleOf(clauses) {
    const asked = clauses.map((_, n) => n).filter((n) => !clauses[n].excluded);
    const loose = asked.filter((n) => !clauses[n].required);
    const stops = stopWords(loose.flatMap((n) => clauses[n].words));
    const small = new Set(loose.filter((n) => clauses[n].words.every((word) => stops.has(word))));
    const frame = framing(loose.map((n) => clauses[n].words.join("_")));
    const both = new Set([...small, ...loose.filter((_, at) => frame.has(at))]);
    for (const idle of [both, small]) if (asked.some((n) => !idle.has(n))) return idle;
    return new Set();
  }

  /** What is searched beside some words: null where nothing is. */
  function meantBy(words, typed) {
    const meant = lookedUp(words, typed);
    return meant && { others: meant.others || [], kindred: meant.kindred || [], place: Boolean(meant.place) };
  }

  function lookedUp(words, typed) {
    const { lexicon, numbers } = fingerpost.data;
    if (words.length === 1) {
      if (typed && typed.length > 1 && typed === typed.toUpperCase() && Object.hasOwn(lexicon.words, typed)) return lexicon.words[typed];
      if (Object.hasOwn(lexicon.words, words[0])) return lexicon.words[words[0]];
    }
    const keys = [`= ${words.join(" ")}`, ...numbers.LANGUAGES.map((code) => [code, ...words.map((word) => stem(word, code))].join(" "))];
    const key = keys.find((one) => Object.hasOwn(lexicon.names, one));
    return key ? lexicon.names[key] : null;
  }

  /** A question in the engine's terms; what is told in `without` is not added. */
  function understand(query, without) {
    const { numbers, lexicon } = fingerpost.data;
    const { clauses } = query;
    const loose = clauses.map((_, n) => n).filter((n) => clauses[n].kind === "word" && !clauses[n].excluded);
    const capital = loose.filter((n) => /^\p{Lu}/u.test(clauses[n].text));
    const telling = 2 * capital.length <= clauses.length;
    const longest = 8, runs = [], taken = new Set();
    const typedWords = loose.map((n) => clauses[n].words[0]);
    const placed = new Set();
    const nameRun = (words, texts, mark) => {
      const found = [], used = new Set();
      for (let size = Math.min(words.length, longest); size > 0; size--) {
        for (let start = 0; start + size <= words.length; start++) {
          const span = [...Array(size).keys()].map((k) => start + k);
          if (span.some((k) => used.has(k))) continue;
          const meant = meantBy(words.slice(start, start + size), texts[start]);
          if (!meant || !(meant.others.length || meant.place)) continue;
          span.forEach((k) => used.add(k));
          if (meant.place) span.forEach((k) => mark.add(loose[k]));
          if (meant.others.length) found.push([span.map((k) => loose[k]), meant]);
        }
      }
      return found.sort((one, two) => one[0][0] - two[0][0]);
    };
    const texts = loose.map((n) => clauses[n].text);
    nameRun(typedWords, texts, placed);
    typedWords.forEach((word, k) => { if (lexicon.places.includes(word)) placed.add(loose[k]); });
    const never = new Set([...(telling ? capital.filter((n) => n > 0) : []), ...loose.filter((n) => numbers.CITIES.includes(clauses[n].words[0]))]);
    const corrections = new Map();
    const missing = clauses.map((_, n) => n).filter((n) => !clauses[n].excluded && !frequency(clauses[n].words));
    for (const n of missing) {
      if (clauses[n].kind !== "word" || placed.has(n) || never.has(n)) continue;
      const better = near(clauses[n].words[0])[0];
      if (better && !without.has(better)) corrections.set(n, better);
    }
    const idle = idleOf(clauses);
    const wanted = clauses.map((clause, n) => ({
      words: corrections.has(n) ? [corrections.get(n)] : clause.words,
      required: clause.required, excluded: clause.excluded, idle: idle.has(n),
      weight: corrections.has(n) ? numbers.CORRECTED_WEIGHT : 1,
    }));
    const expansions = [], named = new Map(), ofSeveral = new Set();
    const words = loose.map((n) => wanted[n].words[0]);
    for (const [members, meant] of nameRun(words, texts, placed)) {
      if (members.length > 1) members.forEach((n) => ofSeveral.add(n));
      if (members.every((n) => wanted[n].idle)) continue;
      for (const [name, weight] of meant.others) {
        if (without.has(name.join(" ")) || !frequency(name)) continue;
        expansions.push({ words: name, weight, members });
        members.forEach((n) => named.set(n, members.length));
      }
    }
    clauses.forEach((clause, n) => {
      if (clause.kind === "compound" && clause.words.length === 2 && !wanted[n].idle && frequency([clause.words.join("")])) {
        expansions.push({ words: [clause.words.join("")], weight: numbers.HYPHEN_WEIGHT, members: [n] });
      }
    });
    const verbatim = wanted.length > 1 && frequency(wanted.flatMap((one) => one.words)) > 0;
    const kindred = [], there = new Set(words.flatMap((word) => numbers.LANGUAGES.map((code) => stem(word, code))));
    for (const n of verbatim || !fingerpost.meaning.there ? [] : loose) {
      const meant = wanted[n].idle ? null : meantBy(wanted[n].words, clauses[n].text);
      let count = 0;
      for (const [word, weight, written] of meant ? meant.kindred : []) {
        if (count === numbers.KINDRED_MAX) break;
        const stems = numbers.LANGUAGES.map((code) => stem(word, code));
        if (stems.some((one) => there.has(one))) continue;
        count++;
        if (without.has(word) || placed.has(n)) continue;
        if (named.has(n) && !(named.get(n) === 1 && weight >= numbers.SURE)) continue;
        if (expansions.some((e) => numbers.LANGUAGES.some((code) => e.words.every((w) => stem(w, code) === stem(word, code))))) continue;
        kindred.push({ words: [word], weight, member: n, written });
      }
    }
    const asks = wanted.map((one, n) => n).filter((n) => !wanted[n].idle && !wanted[n].excluded);
    const first = loose.find((n) => !wanted[n].idle);
    const names = new Set(loose.filter((n) => !wanted[n].idle && (
      numbers.COUNTRIES.includes(wanted[n].words[0])
      || ((telling || loose.length === 1) && (clauses[n].text.match(/\p{Lu}/gu) || []).length >= 2)
      || (telling && capital.includes(n) && n !== first)
    )));
    const ofTopics = new Set();
    for (let size = 1; size <= Math.min(words.length, longest); size++) {
      for (let start = 0; start + size <= words.length; start++) {
        const meant = lookedUp(words.slice(start, start + size));
        if (meant && meant.topic) for (let k = start; k < start + size; k++) if (asks.includes(loose[k])) ofTopics.add(loose[k]);
      }
    }
    const topics = ofTopics.size === asks.length || 2 * ofTopics.size < asks.length ? new Set() : ofTopics;
    const also = [...new Set([...corrections.values(), ...expansions.map((e) => lexicon.written[e.words.join(" ")] || e.words.join(" "))])];
    return {
      clauses, wanted, expansions, kindred, names, placed, topics, verbatim, asks, also,
      corrections: [...corrections].map(([n, better]) => [clauses[n].text, better]),
      unknown: missing.filter((n) => !corrections.has(n)).map((n) => clauses[n].text),
      said: clauses.filter((c) => !c.excluded).map((c, n) => (corrections.has(clauses.indexOf(c)) ? wanted[clauses.indexOf(c)].words.join(" ") : c.text)).join(" "),
    };
  }

  // ------------------------------------------------------------------ what matches

  function weightOf(view, wanted) { return wanted.idle || wanted.excluded ? 0 : idf(view, impacts(view, wanted.words).size); }

  /** Score and coverage of every thing that holds something of the question. */
  function scoresOf(view, understood) {
    const total = new Map(), covered = new Map();
    const may = new Set(view.things.keys());
    let asked = 0;
    const grouped = new Set(), groups = new Map();
    for (const e of understood.expansions) groups.set(e.members.join(" "), e.members);
    for (const members of groups.values()) members.forEach((n) => grouped.add(n));
    for (const k of understood.kindred) if (!grouped.has(k.member)) groups.set(String(k.member), [k.member]);
    for (const members of groups.values()) members.forEach((n) => grouped.add(n));
    const add = (wanted, scores, covers) => {
      if (wanted.idle || wanted.excluded) return;
      const found = impacts(view, wanted.words), worth = idf(view, found.size);
      for (const [at, score] of found) { raise(scores, at, score * wanted.weight); raise(covers, at, worth); }
    };
    understood.wanted.forEach((wanted, n) => {
      asked += weightOf(view, wanted);
      if (wanted.required || wanted.excluded) {
        const found = impacts(view, wanted.words);
        for (const at of [...may]) if (found.has(at) === wanted.excluded) may.delete(at);
      }
      if (!grouped.has(n)) add(wanted, total, covered);
    });
    for (const members of groups.values()) {
      const score = new Map(), cover = new Map();
      let whole = 0;
      for (const n of members) { whole += weightOf(view, understood.wanted[n]); add(understood.wanted[n], score, cover); }
      const alike = understood.expansions.filter((e) => e.members.join(" ") === members.join(" ")).map((e) => [e.words, e.weight, e.weight * whole]);
      for (const k of understood.kindred) if (members.includes(k.member)) alike.push([k.words, k.weight, 0]);
      for (const [words, weight, covering] of alike) {
        const found = impacts(view, words);
        if (!found.size) continue;
        const cap = weight * Math.min(1, whole / idf(view, found.size));
        for (const [at, value] of found) {
          score.set(at, Math.max(score.get(at) || 0, value * cap));
          if (covering) cover.set(at, Math.max(cover.get(at) || 0, covering));
        }
      }
      for (const [at, value] of score) raise(total, at, value);
      for (const [at, value] of cover) raise(covered, at, value);
    }
    if (asked) for (const [at, value] of covered) covered.set(at, value / asked);
    return { scores: total, coverage: covered, may, asked: asked > 0 };
  }

  function raise(map, at, by) { map.set(at, (map.get(at) || 0) + by); }

  /** Documents scored by their record and their best passage together. */
  function withPassages(understood, own) {
    const { views } = collection();
    const inside = scoresOf(views.passages, understood);
    const documentOf = new Map(views.documents.things.map((thing, at) => [thing.owner, at]));
    const best = new Map();
    for (const at of inside.asked ? inside.coverage.keys() : inside.may) {
      const doc = documentOf.get(views.passages.things[at].owner);
      if (doc === undefined || !inside.may.has(at)) continue;
      best.set(doc, Math.max(best.get(doc) || 0, inside.scores.get(at) || 0));
      own.coverage.set(doc, Math.max(own.coverage.get(doc) || 0, inside.coverage.get(at) || 0));
      own.may.add(doc);
    }
    for (const [doc, score] of best) raise(own.scores, doc, score);
    return own;
  }

  function passes(thing, filters, but) {
    return Object.entries(filters).every(([name, values]) => name === but || values.some((value) => (thing.facets[name] || []).includes(value)));
  }

  function distinct(view, things) {
    return new Set([...things].map((at) => (view.twins.get(view.things[at].twin) > 1 && view.things[at].twin ? `t${view.things[at].twin}` : at))).size;
  }

  /** Each thing once, and one of those that have the same words. */
  function once(view, things) {
    const seen = new Set();
    return things.filter((at) => {
      const twin = view.things[at].twin && view.twins.get(view.things[at].twin) > 1 ? `t${view.things[at].twin}` : at;
      return !seen.has(twin) && seen.add(twin);
    });
  }

  // ------------------------------------------------------------------ what it means

  let opened = null;

  function meanings() {
    if (opened) return opened;
    const { views, themes } = fingerpost.data.meaning;
    const rows = ({ scales, data }) => ({ scales, codes: fingerpost.meaning.bytes(data) });
    opened = { themes: rows(themes), views: {} };
    for (const [what, view] of Object.entries(views)) {
      opened.views[what] = { ...view, ...rows(view.vectors), at: new Map(view.twins.map((twin, n) => [twin, n]).reverse()) };
    }
    return opened;
  }

  function cosine(vectors, row, query) {
    let sum = 0;
    for (let n = 0, at = row * 512; n < 512; n++, at++) sum += vectors.codes[at] * query[n];
    return sum * vectors.scales[row];
  }

  function closeness(view, twin, query) {
    const at = view.at.get(twin);
    if (at === undefined || view.pieces[at] === view.pieces[at + 1]) return NaN;
    let best = -Infinity;
    for (let row = view.pieces[at]; row < view.pieces[at + 1]; row++) best = Math.max(best, cosine(view, row, query));
    return best;
  }

  /** The twin numbers of the things that are nearest in meaning. */
  function nearest(what, query) {
    const n = fingerpost.data.numbers, view = meanings().views[what];
    const count = Math.min(n.NEAR_MAX, Math.floor(view.twins.length / n.NEAR_SHARE));
    const rows = [];
    view.twins.forEach((twin, at) => { for (let row = view.pieces[at]; row < view.pieces[at + 1]; row++) rows.push([cosine(view, row, query), row, twin]); });
    rows.sort((one, two) => two[0] - one[0] || one[1] - two[1]);
    return [...new Set(rows.slice(0, 2 * count).filter((row) => row[0] >= n.NEAR_COSINE).map((row) => row[2]))].slice(0, count);
  }

  function standardised(values) {
    const there = values.filter((x) => !Number.isNaN(x));
    if (!there.length) return values.map(() => 0);
    const mean = there.reduce((a, x) => a + x, 0) / there.length;
    const deviation = Math.sqrt(there.reduce((a, x) => a + (x - mean) ** 2, 0) / there.length);
    return values.map((x) => (deviation < 1e-9 || Number.isNaN(x) ? 0 : (x - mean) / deviation));
  }

  /** Fused scores and closeness of things of a view (numbers), as `Fusion.order` gives them. */
  function judged(view, chosen, scores, coverage, understood, query) {
    const n = fingerpost.data.numbers, { owners, ours, main_language: main, rarity } = fingerpost.data.meaning;
    const held = meanings(), mine = held.views[view.what];
    const worth = [];
    for (let t = 0; 2 * t < held.themes.scales.length; t++) {
      const best = Math.max(cosine(held.themes, 2 * t, query), cosine(held.themes, 2 * t + 1, query));
      worth.push(Math.max(0, (best - n.THEME_COSINE) / (1 - n.THEME_COSINE)));
    }
    const places = chosen.map((at) => mine.at.get(view.things[at].twin));
    const close = chosen.map((at) => closeness(mine, view.things[at].twin, query));
    const signals = { meaning: close, themes: places.map((p) => (p === undefined ? 0 : mine.themes[p].reduce((sum, t) => sum + worth[t] * rarity[view.what][t], 0))) };
    if (view.what === "passages") {
      signals.stated = places.map((p) => {
        const said = p === undefined ? [] : mine.stated[p].map((twin) => closeness(held.views.statements, twin, query)).filter((x) => !Number.isNaN(x));
        return said.length ? Math.max(...said) : NaN;
      });
      signals.states = signals.stated.map((x) => (Number.isNaN(x) ? 0 : 1));
    }
    const most = Math.max(0, ...coverage);
    const typed = view.what === "practices" ? 0 : Math.max(0, most - n.TRUST_FROM) / (1 - n.TRUST_FROM);
    const trust = 1 - (understood.verbatim ? n.TRUST_VERBATIM : n.TRUST) * typed;
    const weighed = Object.entries(signals).map(([name, values]) => standardised(values).map((x) => n.WEIGHTS[name] * x));
    let fused = standardised(scores).map((x, at) => x + trust * weighed.reduce((sum, row) => sum + row[at], 0));
    fused = fused.map((x, at) => x - n.LACKING * (most - coverage[at]) ** 2);
    const language = understood.verbatim ? 0 : n.MAIN_LANGUAGE;
    fused = fused.map((x, at) => x + (main >= 0 && places[at] !== undefined && mine.languages[places[at]] === main ? language : 0));
    if (view.what === "passages" && fused.length) {
      const back = n.STEP_BACK * (Math.max(...fused) - Math.min(...fused));
      const own = new Set(ours.map((owner) => owners[owner]));
      fused = fused.map((x, at) => x - (own.has(view.things[chosen[at]].owner) ? back : 0));
    }
    const stated = signals.stated || [];
    return {
      scores: fused.map((x) => Math.round(x * 1e6) / 1e6),
      closeness: close.map((x, at) => { const best = Number.isNaN(stated[at] ?? NaN) ? x : Number.isNaN(x) ? stated[at] : Math.max(x, stated[at]); return Number.isNaN(best) ? 0 : best; }),
    };
  }

  // ------------------------------------------------------------------ an answer

  /** Whether a thing holds a topic that is asked for, under whatever name; as `Scorer.topical` tells it. */
  function topical(view, at, understood) {
    const { topics, wanted, expansions, kindred } = understood;
    if (!topics.size || view.what === "documents" || view.what === "practices") return true;
    const names = [...topics].map((k) => wanted[k].words);
    for (const e of expansions) if (e.weight >= 0.4 && e.members.some((k) => topics.has(k))) names.push(e.words);
    for (const kin of kindred) if (topics.has(kin.member)) names.push(kin.words);
    return names.some((words) => impacts(view, words).has(at));
  }

  /** Whether a thing that was found is weak, and which kindred words help it. */
  function verdict(view, at, understood, coverage, close) {
    const n = fingerpost.data.numbers;
    const parts = understood.wanted.map((wanted) => (impacts(view, wanted.words).has(at) ? 1 : 0));
    const typed = [...parts], helped = [];
    understood.kindred.forEach((kin) => {
      if (!impacts(view, kin.words).has(at)) return;
      if (!typed[kin.member]) helped.push(kin.written);
      parts[kin.member] = Math.max(parts[kin.member], kin.weight);
    });
    let meant = understood.names.size === 0 || view.what === "documents" || view.what === "practices";
    for (const e of understood.expansions) {
      if (!impacts(view, e.words).has(at)) continue;
      const share = e.weight >= 0.4 ? 1 : e.weight;
      for (const m of e.members) { parts[m] = Math.max(parts[m], share); if (understood.names.has(m) && e.weight > n.REGION_WEIGHT) meant = true; }
    }
    for (const name of understood.names) if (typed[name]) meant = true;
    const weights = understood.wanted.map((wanted) => weightOf(view, wanted));
    const whole = weights.reduce((a, x) => a + x, 0);
    const heard = Math.max(whole ? weights.reduce((sum, w, k) => sum + w * parts[k], 0) / whole : 0, coverage);
    const asked = understood.asks.length;
    let weak = false;
    if (asked) {
      if (!topical(view, at, understood)) weak = true;
      else if (understood.names.size && !(meant && heard >= n.NAMED_HEARD)) weak = true;
      else if (!close) weak = coverage < n.WEAK_COVERAGE;
      else weak = heard + n.NEARNESS * close < (asked === 1 ? n.ANSWERS_ONE : n.ANSWERS + n.ANSWERS_WORD / asked);
    }
    return { weak, partly: understood.topics.size > 0 && !understood.names.size && topical(view, at, understood), helped, matched: understood.asks.filter((k) => typed[k]).map((k) => understood.clauses[k].text) };
  }

  /** The answer to a question in one view: hits best first, counts of facets, what was searched. */
  function search({ text, what = "passages", filters = {}, sort = "relevance", without = [] }) {
    const n = fingerpost.data.numbers, { views } = collection(), view = views[what];
    const query = parse(text);
    const understood = understand(query, new Set(without.map((name) => tokens(name).map((t) => t.word).join(" "))));
    let found = scoresOf(view, understood);
    if (what === "documents") found = withPassages(understood, found);
    const vector = fingerpost.meaning.there && understood.asks.length ? fingerpost.meaning.encode(understood.said) : null;
    let nearby = [];
    if (vector && found.asked) {
      const twins = new Set(nearest(what, vector));
      nearby = view.things.map((_, at) => at).filter((at) => twins.has(view.things[at].twin) && found.may.has(at));
    }
    const passing = new Set(view.things.map((_, at) => at).filter((at) => passes(view.things[at], filters)));
    let matches = new Set(found.may);
    if (found.asked) {
      for (const step of [0.5, ...n.COVERAGE_STEPS.filter((s) => s < 0.5), 0]) {
        const covering = new Set([...found.may].filter((at) => { const c = found.coverage.get(at) || 0; return step ? c >= step : c > 0; }));
        if (step && distinct(view, covering) < n.ENOUGH) continue;
        nearby.forEach((at) => covering.add(at));
        matches = covering;
        if ([...covering].some((at) => passing.has(at))) break;
      }
    }
    const shown = [...matches].filter((at) => passing.has(at));
    const score = (at) => found.scores.get(at) || 0;
    const byWords = (one, two) => score(two) - score(one) || view.places[one] - view.places[two];
    const orders = {
      relevance: byWords,
      newest: (one, two) => view.things[two].date - view.things[one].date || byWords(one, two),
      oldest: (one, two) => (view.things[one].date || Infinity) - (view.things[two].date || Infinity) || byWords(one, two),
      independence: (one, two) => view.things[one].independence - view.things[two].independence || byWords(one, two),
    };
    let ranked = once(view, shown.sort(orders[sort]));
    const closest = new Map();
    if (vector && sort === "relevance" && found.asked) {
      const first = once(view, [...ranked.slice(0, n.DEPTH), ...nearby.filter((at) => passing.has(at))]);
      const better = judged(view, first, first.map(score), first.map((at) => found.coverage.get(at) || 0), understood, vector);
      const behind = Math.max(...better.scores) - Math.min(...better.scores) + 1;
      const value = new Map(first.map((at, k) => [at, better.scores[k] - (topical(view, at, understood) ? 0 : behind)]));
      first.forEach((at, k) => closest.set(at, better.closeness[k]));
      ranked = once(view, [...[...first].sort((one, two) => value.get(two) - value.get(one) || view.places[one] - view.places[two]), ...ranked]);
    }
    const hits = ranked.map((at) => ({ thing: view.things[at], at, coverage: found.coverage.get(at) || 0, close: closest.get(at) || 0 }));
    return { understood, view, total: distinct(view, shown), hits, facets: counted(view, matches, filters) };
  }

  /** How many of what was found have each value of each facet; of a filtered facet as if it were not filtered. */
  function counted(view, matches, filters) {
    const facets = {};
    for (const name of Object.keys(fingerpost.data.numbers.FACETS)) {
      const counts = {};
      for (const at of once(view, [...matches].filter((one) => passes(view.things[one], filters, name)))) {
        for (const value of view.things[at].facets[name] || []) counts[value] = (counts[value] || 0) + 1;
      }
      facets[name] = counts;
    }
    return facets;
  }

  /** The words to mark in what is shown, each as its stems. */
  function marked(understood) {
    const asked = understood.wanted.filter((w) => !w.idle && !w.excluded).map((w) => w.words);
    return [...asked, ...understood.expansions.map((e) => e.words), ...understood.kindred.map((k) => k.words)];
  }

  fingerpost.engine = { search, verdict, marked, collection };
})();
