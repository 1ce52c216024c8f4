// Buttons that copy a reference, or a quotation with its reference, in one click.
// Without this file each stands in a box that one click selects as a whole.
"use strict";

const COPYING = document.currentScript.dataset;

async function copied(box) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(box.textContent);
      return true;
    } catch {
      // not allowed: the older way below may be
    }
  }
  const selection = document.getSelection();
  selection.selectAllChildren(box);
  return document.execCommand("copy");
}

for (const box of document.querySelectorAll(".copy[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = box.dataset.copy;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "small";
  const line = document.createElement("p");
  line.className = "buttons";
  line.append(button, said);
  box.after(line);
  button.addEventListener("click", async () => {
    said.textContent = (await copied(box)) ? COPYING.copied : COPYING.selected;
    setTimeout(() => { said.textContent = ""; }, 4000);
  });
}
