/* The switch of the interface's language: each is a document of its own, which is asked for the same view. */
"use strict";

window.KarabakhLanguages = (() => {
  const links = () => [...document.querySelectorAll(".languages a")];

  /** `query()` is that of the view; the page around, if it is ours, changes with it. */
  function bind(query) {
    goWhereAsked();
    links().forEach((link) => link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const asked = new URLSearchParams(query());
      asked.set("ui", link.hreflang);
      if (!onServer()) go(link, asked);
      else if (!KarabakhNeighbours.ask({ language: KarabakhState.readable(asked) })) location.search = KarabakhState.readable(asked);
    }));
  }

  /** On a site of files an address that asks for another language leads to its document. */
  function goWhereAsked() {
    const asked = new URLSearchParams(location.search);
    const link = links().find(({ hreflang }) => hreflang === asked.get("ui")?.toLowerCase());
    if (link && link.hreflang !== document.documentElement.lang && !onServer()) go(link, asked, "replace");
  }

  function go(link, asked, way = "assign") {
    const to = new URL(link.href);
    asked.delete("ui");
    to.search = asked;
    location[way](to.href.replaceAll("%2C", ",").replaceAll("%2F", "/"));
  }

  /** There one address has all languages, and `ui` chooses. */
  function onServer() {
    return /\/(reader|map)$/.test(location.pathname);
  }

  return { bind };
})();
