// Remembers the addresses at which somebody edits collections, in this browser only and only if they want it; then one
// click adds to the one that was opened last.  Without this file the links lead to a page that asks for the collection.
"use strict";

const SHELF = "fingerpost-collections";
const told = document.currentScript.dataset;

function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(SHELF)) ?? [];
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.url === "string" && typeof one?.title === "string") : [];
  } catch {
    return []; // storage is closed to us, or holds what another program left
  }
}

function keep(some) {
  try {
    if (some.length) localStorage.setItem(SHELF, JSON.stringify(some));
    else localStorage.removeItem(SHELF);
    return true;
  } catch {
    return false;
  }
}

function others(url) {
  return remembered().filter((one) => one.url !== url);
}

function button(text, whenClicked) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = text;
  made.addEventListener("click", whenClicked);
  return made;
}

// On the page of a collection: a button that remembers it, or forgets it.  The one that is open comes first.
function offerToRemember(place) {
  const { url, title, remember, forget, why } = place.dataset;
  const known = others(url).length < remembered().length;
  if (known) keep([{ url, title }, ...others(url)]);
  place.replaceChildren(
    button(known ? forget : remember, () => {
      keep(known ? others(url) : [{ url, title }, ...others(url)]);
      offerToRemember(place);
    }),
  );
  if (!known) {
    const said = document.createElement("span");
    said.className = "small";
    said.textContent = why;
    place.append(said);
  }
  place.hidden = false;
}

// A list of those that are remembered: to be opened, or to be added to.
function list(place) {
  const some = remembered();
  place.querySelector("ul").replaceChildren(
    ...some.map(({ url, title }) => {
      const item = document.createElement("li");
      item.className = "entry line";
      const link = document.createElement("a");
      link.className = "head";
      link.href = new URL(url, location.origin).pathname;
      link.textContent = title;
      link.dir = "auto";
      item.append(link);
      if (place.dataset.known === "add") {
        const add = button(place.dataset.add, () => {
          const form = place.closest("form");
          form.elements.collection.value = url;
          form.submit();
        });
        add.classList.add("main");
        item.append(add);
      }
      item.append(button(place.dataset.forget, () => {
        keep(others(url));
        list(place);
      }));
      return item;
    }),
  );
  place.hidden = some.length === 0;
}

// What became of it stands in the link, which now leads to the collection, or still to the page that asks for one.
function said(link, words) {
  link.firstChild.textContent = words;
  link.dataset.done = "yes";
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  link.after(status);
  status.textContent = words;
}

// A link that adds: with a remembered collection it does so on the spot.
async function addHere(event) {
  const link = event.currentTarget;
  const [first] = remembered();
  if (!first || link.dataset.done || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const body = new URLSearchParams({ item: link.dataset.add, collection: first.url });
  try {
    const answer = await fetch(told.to, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    link.href = (await answer.json()).url;
    link.title = first.title;
    said(link, told.in);
  } catch {
    said(link, told.failed);
  }
}

for (const place of document.querySelectorAll(".remember")) offerToRemember(place);
for (const place of document.querySelectorAll("[data-known]")) list(place);
for (const link of document.querySelectorAll("a[data-add]")) link.addEventListener("click", addHere);
