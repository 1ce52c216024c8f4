"use strict";
/* The search page of a kit: reads the address, asks the engine, shows what it says.  Text is only ever put in as text. */
(function () {
  const SHOWN = 10, CHOICES = 8, SNIPPET = 60;
  const words = document.getElementById("kit-words");
  if (!words) return;
  const say = (name, values = {}) => words.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const place = (id) => document.getElementById(id);

  function element(tag, options = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(options)) if (value !== undefined && value !== "") made.setAttribute(name, value);
    made.append(...inside.filter((one) => one !== null && one !== ""));
    return made;
  }

  function asked() {
    const given = new URLSearchParams(location.search);
    const filters = {};
    for (const name of Object.keys(fingerpost.data.numbers.FACETS)) if (given.has(name)) filters[name] = given.getAll(name);
    const views = Object.keys(fingerpost.data.things.views);
    const what = views.includes(given.get("in")) ? given.get("in") : views[0];
    const sort = ["relevance", "newest", "oldest", "independence"].includes(given.get("sort")) ? given.get("sort") : "relevance";
    return { text: given.get("q") || "", what, filters, sort, without: given.getAll("without"), page: Math.max(1, Number(given.get("page")) || 1) };
  }

  function address(changes, of) {
    const next = { ...of, page: 1, ...changes };
    const told = new URLSearchParams();
    if (next.text) told.append("q", next.text);
    if (next.what !== Object.keys(fingerpost.data.things.views)[0]) told.append("in", next.what);
    for (const [name, values] of Object.entries(next.filters)) values.forEach((value) => told.append(name, value));
    if (next.sort !== "relevance") told.append("sort", next.sort);
    next.without.forEach((name) => told.append("without", name));
    if (next.page > 1) told.append("page", next.page);
    return `search.html?${told}`;
  }

  /** The best part of a text with the searched words marked, as nodes. */
  function snippet(text, language, wanted) {
    const { tokens, stem } = fingerpost.words;
    const found = tokens(text), stems = found.map((t) => stem(t.word, language));
    const marks = [];
    for (const name of wanted) {
      const looked = name.map((word) => stem(word, language));
      stems.forEach((_, at) => { if (looked.every((one, k) => stems[at + k] === one)) marks.push([at, at + looked.length]); });
    }
    marks.sort((one, two) => one[0] - two[0] || two[1] - one[1]);
    const apart = marks.filter((mark, n) => !marks.slice(0, n).some((other) => other[1] > mark[0]));
    let first = 0;
    if (found.length > SNIPPET) {
      const begins = [0, ...found.map((_, n) => n).filter((n) => n && /[.!?\u061f]\s*$/.test(text.slice(found[n - 1].end, found[n].start)))];
      const worth = (from) => new Set(apart.filter((m) => m[0] >= from && m[1] <= from + SNIPPET).map((m) => stems.slice(...m).join(" "))).size;
      first = begins.reduce((best, from) => (worth(from) > worth(best) ? from : best), 0);
      if (!worth(first) && apart.length) first = Math.max(0, apart[0][0] - 8);
    }
    const last = Math.min(found.length, first + SNIPPET);
    const nodes = [];
    let at = first ? found[first].start : 0;
    const end = last < found.length ? found[last - 1].end : text.length;
    if (first) nodes.push("\u2026 ");
    for (const [from, to] of apart) {
      if (from < first || to > last) continue;
      nodes.push(text.slice(at, found[from].start), element("mark", {}, text.slice(found[from].start, found[to - 1].end)));
      at = found[to - 1].end;
    }
    nodes.push(text.slice(at, end));
    if (last < found.length) nodes.push(" \u2026");
    return nodes;
  }

  /** A quotation with the place in its work and the reference, as it is put into a text. */
  function cited(thing) {
    const shown = thing.shown, label = shown.page_label || shown.page;
    const pointer = label ? shown.pointer.replace(/\)$/, `, ${say("page", { page: label })})`) : shown.pointer;
    return `\u201c${shown.quoted}\u201d ${pointer}\n\n${shown.reference}`;
  }

  async function copy(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* a page that was opened as a file may not be allowed to */ }
    const box = element("textarea", { class: "unseen" });
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }

  function hitOf(hit, answer, verdict, what) {
    const { thing } = hit, shown = thing.shown;
    const local = fingerpost.kit.files[`${what}/${thing.id}`];
    const label = shown.page_label || shown.page;
    const armText = what === "practices" ? say("practice") : what === "documents" ? say("document") : label ? say("page", { page: label }) : say("passage");
    const to = local || shown.source;
    const button = element("button", { type: "button", class: "button" }, say("copy"));
    const done = element("span", { class: "small", role: "status" });
    button.addEventListener("click", async () => { done.textContent = (await copy(cited(thing))) ? ` ${say("copied")}` : ""; });
    const quoted = element(what === "passages" || what === "statements" ? "blockquote" : "div", { class: "words", lang: thing.language === "und" ? "" : thing.language, dir: "auto" },
      ...snippet(shown.quoted, thing.language, fingerpost.engine.marked(answer.understood)));
    const title = element("a", { class: "source", href: fingerpost.kit.files[`documents/${thing.owner}`] || to, dir: "auto" }, shown.title);
    const facts = [shown.section, shown.year && String(shown.year), shown.standing && fingerpost.data.things.labels.standing[shown.standing]].filter(Boolean);
    return element("article", { class: "hit", "data-id": thing.id },
      element("div", { class: "where" }, to ? element("a", { class: "arm", href: to }, armText) : element("span", { class: "arm" }, armText)),
      element("div", {},
        what === "practices" || what === "documents" ? element("h2", {}, element("a", { href: to, dir: "auto" }, shown.title)) : null,
        shown.kind ? element("p", { class: "small" }, element("span", { class: `kind k-${shown.kind}` }, fingerpost.data.things.labels.kind[shown.kind] || shown.kind)) : null,
        quoted,
        what === "passages" || what === "statements" ? element("p", { class: "from" }, title) : null,
        element("p", { class: "of dot-list" }, ...facts.map((fact) => element("span", { dir: "auto" }, fact))),
        shown.shortened ? element("p", { class: "small" }, say("short")) : null,
        element("p", { class: "acts" }, button, done, shown.source && shown.source !== to ? element("a", { href: shown.source, rel: "noopener noreferrer" }, say("source")) : null)));
  }

  function facetsOf(answer, of) {
    const boxes = [];
    for (const [name, heading] of JSON.parse(words.dataset.facets)) {
      const chosen = of.filters[name] || [];
      const labels = fingerpost.data.things.labels[name] || {};
      const values = Object.entries(answer.facets[name]).filter(([value]) => name !== "org" || !value.includes(" \u00b7 "))
        .sort((one, two) => two[1] - one[1] || (labels[one[0]] < labels[two[0]] ? -1 : 1));
      if (values.length < 2 && !chosen.length) continue;
      const list = element("ul", { class: "plain" }, ...values.slice(0, CHOICES).map(([value, count]) => {
        const on = chosen.includes(value);
        const next = { ...of.filters, [name]: on ? chosen.filter((one) => one !== value) : [...chosen, value] };
        return element("li", {}, element("a", { href: address({ filters: next }, of), class: on ? "on" : "" },
          element("span", { class: "w", dir: "auto" }, labels[value] || value), " ", element("span", { class: "n" }, String(count))));
      }));
      boxes.push(element("details", { class: "facet", open: chosen.length || boxes.length < 4 ? "open" : undefined }, element("summary", {}, element("h2", {}, heading)), list));
    }
    return boxes;
  }

  function show() {
    const of = asked(), answer = fingerpost.engine.search(of), { understood } = answer;
    const gone = new Set(fingerpost.kit.withdrawn || []);
    answer.hits = answer.hits.filter((hit) => !gone.has(hit.thing.id) && !gone.has(hit.thing.owner));
    document.querySelectorAll("input[name=q]").forEach((box) => { box.value = of.text; });
    document.querySelectorAll("#kit-tabs a").forEach((tab) => {
      tab.href = address({ what: tab.dataset.view }, of);
      if (tab.dataset.view === of.what) tab.setAttribute("aria-current", "page");
    });
    const also = [...understood.also, ...understood.kindred.map((kin) => kin.written)];
    place("kit-note").replaceChildren(
      element("p", {}, `${say("searched")} `, element("b", { class: "said", dir: "auto" }, of.text || say("everything"))),
      ...understood.corrections.map(([typed, better]) => element("p", {}, say("instead", { typed, better }))),
      understood.unknown.length ? element("p", {}, `${say("unknown")} ${understood.unknown.join(", ")}`) : "",
      also.length ? element("div", { class: "added" }, element("p", { class: "small" }, say("also")),
        element("ul", { class: "chips" }, ...[...new Set(also)].slice(0, 12).map((name) => element("li", {}, element("a", { class: "chip", href: address({ without: [...of.without, name] }, of) },
          element("span", { dir: "auto" }, name), " \u00d7", element("span", { class: "unseen" }, say("leave"))))))) : "");
    place("kit-chips").replaceChildren(...Object.entries(of.filters).flatMap(([name, values]) => values.map((value) => element("li", {}, element("a", { class: "chip on",
      href: address({ filters: { ...of.filters, [name]: values.filter((one) => one !== value) } }, of) },
      element("span", { dir: "auto" }, (fingerpost.data.things.labels[name] || {})[value] || value), " \u00d7", element("span", { class: "unseen" }, say("remove")))))));
    place("kit-bar").hidden = !answer.total;
    place("kit-count").textContent = say("found", { n: String(answer.total) });
    place("kit-sorts").replaceChildren(place("kit-sorts").firstElementChild, ...["relevance", "newest", "oldest", "independence"].map((sort) =>
      element("a", { href: address({ sort }, of), "aria-current": sort === of.sort ? "true" : undefined }, say(sort))));
    const from = (of.page - 1) * SHOWN, some = answer.hits.slice(from, from + SHOWN);
    const verdicts = some.map((hit) => fingerpost.engine.verdict(answer.view, hit.at, understood, hit.coverage, hit.close));
    const list = [];
    some.forEach((hit, n) => {
      if (verdicts[n].weak && of.sort === "relevance" && (n === 0 ? of.page === 1 : !verdicts[n - 1].weak)) {
        list.push(element("p", { class: "note" }, n || !verdicts.every((v) => v.weak) ? say("weak") : say(verdicts[0].partly ? "partly" : "refused")));
      }
      list.push(hitOf(hit, answer, verdicts[n], of.what));
    });
    place("kit-hits").replaceChildren(...(list.length ? list : [element("p", {}, say("none"))]));
    place("kit-more").replaceChildren(
      of.page > 1 ? element("a", { class: "button", href: address({ page: of.page - 1 }, of) }, say("previous")) : "",
      answer.hits.length > from + SHOWN ? element("a", { class: "button", href: address({ page: of.page + 1 }, of) }, say("next")) : "");
    place("filters").replaceChildren(...facetsOf(answer, of));
    document.documentElement.dataset.kit = "ready";
  }

  if (!["things", "lexicon", "numbers"].every((part) => fingerpost.data[part])) {
    place("kit-note").textContent = words.dataset.broken;
    return;
  }
  // The note that the copy is being opened is painted before the work begins.
  requestAnimationFrame(() => setTimeout(show, 0));
  fingerpost.shown = show;
})();
