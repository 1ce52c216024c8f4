// Escape takes away the explanation of a term: the one under the word, and the one over the foot of the screen.
// Without this file the first goes with the pointer or the focus, the second by its link back to the text.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".term:hover, .term:focus-visible")) {
    const left = () => term.removeAttribute("data-hushed");
    term.setAttribute("data-hushed", "");
    term.addEventListener("pointerleave", left, { once: true });
    term.addEventListener("blur", left, { once: true });
  }
  document.querySelector(".terms div:target .back a")?.click();
});
