"use strict";
/* On every page of a kit: where there is a connection, what was withdrawn since it was made is asked for and hidden. */
(function () {
  const fingerpost = (window.fingerpost = window.fingerpost || {});
  const kit = (fingerpost.kit = fingerpost_kit); // data/kit.js
  if (!kit.ask || !navigator.onLine) return;
  const status = document.getElementById("kit-checked");
  const say = (words) => { if (status) status.textContent = words; };
  fetch(kit.ask, { credentials: "omit", referrerPolicy: "no-referrer" })
    .then((answer) => { if (!answer.ok) throw new Error(answer.status); return answer.json(); })
    .then(({ items }) => {
      kit.withdrawn = items.filter((mark) => Object.hasOwn(kit.items, mark)).map((mark) => kit.items[mark]);
      const here = decodeURIComponent(location.pathname).split("/").map((part) => part.replace(/\.html$/, ""));
      if (kit.withdrawn.some((item) => here.includes(item))) document.getElementById("main").textContent = kit.gone;
      else if (kit.withdrawn.length && fingerpost.shown) fingerpost.shown();
      if (status) say(kit.withdrawn.length ? status.dataset.some.replace("{n}", kit.withdrawn.length) : status.dataset.none);
    })
    .catch(() => { if (status) say(status.dataset.unasked); });
})();
