/* Puts a picture of the view in place of a map that does not come. The map says on <html> that it is there. */
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  addEventListener("load", () => setTimeout(() => { // the map draws itself before the page has loaded, or never
    if (root.dataset.ready || root.dataset.waiting) return;
    const asked = new URLSearchParams(location.search);
    const view = new URLSearchParams(["layers", "date", "lang"].filter((key) => asked.has(key)).map((key) => [key, asked.get(key)]));
    for (const picture of document.querySelectorAll(".fallback [src*='map.png'], .fallback [href*='map.png']")) {
      const name = picture.src ? "src" : "href";
      const plain = picture[name];
      picture.addEventListener("error", () => { picture[name] = plain; }, { once: true }); // nothing draws such a view
      picture[name] = `${plain.split("?")[0]}?${view}`;
    }
    root.classList.add("without-map");
  }));
})();
