/* Names on the map, most important first; one that would touch another waits for a closer zoom. */
"use strict";

window.KarabakhLabels = (() => {
  const GAP = 2; // px between two names

  function add(map, labels, features) {
    const placed = labels.map((label) => {
      const element = document.createElement("div");
      element.className = `label ${label.kind}${features[label.id] && label.kind.startsWith("place") ? " named-in-article" : ""}`;
      const text = document.createElement("span");
      element.append(text);
      const icon = L.divIcon({ html: element, className: "", iconSize: [0, 0] });
      L.marker(label.at, { icon, interactive: false, keyboard: false, pane: "labels" }).addTo(map);
      return { ...label, element, text, shown: true };
    });
    return {
      speak: (lang) => placed.forEach((label) => write(label, lang)),
      arrange: (isShown) => arrange(map, placed, isShown),
    };
  }

  function write(label, lang) {
    const [code, name] = nameIn(label.names, lang);
    label.text.textContent = name;
    label.text.lang = code;
  }

  /** The chosen form of a name, or the article's, or the first there is. Returns [language, name]. */
  function nameIn(names, lang) {
    const code = [lang, "article", "en"].find((key) => names[key]) || Object.keys(names)[0];
    return [["article", "en"].includes(code) ? "en" : code, names[code]];
  }

  function arrange(map, placed, isShown) {
    placed.forEach((label) => { label.element.hidden = map.getZoom() < label.zoom || !isShown(label); });
    const boxes = placed.map((label) => (label.element.hidden ? null : label.text.getBoundingClientRect()));
    const taken = [];
    placed.forEach((label, i) => {
      if (!boxes[i]) return;
      label.element.hidden = taken.some((other) => touch(boxes[i], other));
      if (!label.element.hidden) taken.push(boxes[i]);
    });
  }

  function touch(a, b) {
    return a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + GAP && b.top < a.bottom + GAP;
  }

  return { add, nameIn };
})();
