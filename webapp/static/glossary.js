// A field above the glossary that leaves only the terms whose name or explanation has what is typed.
// Without this file the page is the whole glossary.
"use strict";

const SIFTING = document.currentScript.dataset;
const place = document.querySelector(".letters");
const entries = [...document.querySelectorAll(".glossary .entry")].map((element) => ({ element, text: folded(element.textContent) }));
const sections = [...document.querySelectorAll(".glossary section")];

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function made(tag, attributes, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

const field = made("input", { type: "search", "aria-label": SIFTING.label, placeholder: SIFTING.hint, autocomplete: "off", dir: "auto" });
const counted = made("p", { role: "status", class: "small" });
const form = made("div", { class: "sift" });
form.append(field, counted);
place.before(form);

field.addEventListener("input", () => {
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { element, text } of entries) {
    element.hidden = !words.every((word) => text.includes(word));
    shown += element.hidden ? 0 : 1;
  }
  for (const section of sections) section.hidden = !section.querySelector(".entry:not([hidden])");
  place.hidden = words.length > 0;
  counted.textContent = !words.length ? "" : shown ? SIFTING.shown.replace("{shown}", shown).replace("{all}", entries.length) : SIFTING.none;
});
