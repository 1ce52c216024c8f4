// Completion of search boxes: the combobox of the ARIA Authoring Practices, with a list and manual selection.
// Without this file, or where a request fails, the boxes are plain search fields.  Nothing is kept, and what is typed
// goes to this site only.
"use strict";

const { from: FROM, language: LANGUAGE, suggestions: SUGGESTIONS, passages: PASSAGES } = document.currentScript.dataset;
const PAUSE_MS = 120; // between two letters of somebody who types; a slow line is not asked for each
const SHORTEST = 2; // as the server's

class Completion {
  constructor(form, number) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.list = this.made("div", { role: "listbox", id: `completion-${number}`, class: "completion", "aria-label": SUGGESTIONS });
    this.said = this.made("p", { role: "status", class: "unseen" });
    this.list.hidden = true;
    form.append(this.list, this.said);
    this.input.type = "text"; // a search field may not be a combobox (ARIA in HTML)
    for (const [name, value] of Object.entries({
      role: "combobox", enterkeyhint: "search", autocapitalize: "none", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) this.input.setAttribute(name, value);
    this.options = [];
    this.at = -1;
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options.indexOf(option));
    });
  }

  made(tag, attributes, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    this.asking?.abort();
    const typed = this.input.value;
    if (typed.trim().length < SHORTEST) return this.close();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${FROM}?${new URLSearchParams({ q: typed, language: LANGUAGE })}`, { signal: this.asking.signal });
      const told = answer.ok ? await answer.json() : { suggestions: [] };
      if (this.input.value === typed && document.activeElement === this.input) this.show(told.suggestions);
    } catch {
      // Aborted by the next letter, or the line is down: the field works without.
    }
  }

  show(suggestions) {
    this.close();
    if (!suggestions.length) return;
    let group = null;
    for (const [n, one] of suggestions.entries()) {
      if (!group || group.dataset.sort !== one.sort) {
        const id = `${this.list.id}-${one.sort}`;
        group = this.made("div", { role: "group", "aria-labelledby": id, "data-sort": one.sort });
        group.append(this.made("div", { id, class: "sort", role: "presentation" }, one.sort_label));
        this.list.append(group);
      }
      const option = this.made("div", { role: "option", id: `${this.list.id}-${n}`, "aria-selected": "false" });
      const name = this.made("span", { class: "name", dir: "auto" }, one.label);
      if (one.means) name.append(" ", this.made("span", { class: "means", dir: "auto" }, one.means));
      option.append(name);
      if (one.count > 1) option.append(" ", this.made("span", { class: "n" }, String(one.count)), this.made("span", { class: "unseen" }, ` ${PASSAGES}`));
      option.told = one;
      group.append(option);
      this.options.push(option);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.said.textContent = `${SUGGESTIONS}: ${suggestions.length}`;
  }

  close() {
    clearTimeout(this.timer);
    this.list.replaceChildren();
    this.list.hidden = true;
    this.options = [];
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.said.textContent = "";
  }

  move(to) {
    this.options[this.at]?.setAttribute("aria-selected", "false");
    this.at = to;
    const option = this.options[to];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  pressed(event) {
    const last = this.options.length - 1;
    if (event.isComposing) return;
    if (event.key === "Escape" && last >= 0) this.close();
    else if (event.key === "ArrowDown" && last >= 0) this.move(this.at >= last ? -1 : this.at + 1);
    else if (event.key === "ArrowUp" && last >= 0) this.move(this.at < 0 ? last : this.at - 1);
    else if (event.key === "ArrowDown") return void this.ask();
    else if (event.key === "Enter" && this.at >= 0) this.choose(this.at);
    else return;
    event.preventDefault();
  }

  choose(number) {
    const one = this.options[number].told;
    this.close();
    const filters = Object.entries(one.filters);
    if (!one.text && !filters.length) return location.assign(new URL(one.url, location.origin).pathname);
    this.input.value = one.text; // with the form go the filters that are chosen already
    for (const [name, values] of filters) {
      for (const value of values) this.form.append(this.made("input", { type: "hidden", name, value }));
    }
    this.form.requestSubmit();
  }
}

document.querySelectorAll("form.ask").forEach((form, number) => new Completion(form, number));
