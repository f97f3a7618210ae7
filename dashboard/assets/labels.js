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
      return { ...label, element, text };
    });
    return {
      speak: (lang) => placed.forEach((label) => write(label, lang)),
      arrange: (isShown) => arrange(map, placed, isShown),
    };
  }

  function write(label, lang) {
    const [code, name] = nameIn(label.names, lang);
    label.text.textContent = label.height ? `${name}, ${label.height}` : name;
    label.text.lang = code;
  }

  /** The chosen form of a name, or the article's, or the first there is. Returns [language, name]. */
  function nameIn(names, lang) {
    const code = [lang, "article", "en"].find((key) => names[key]) || Object.keys(names)[0];
    return [["article", "en"].includes(code) ? "en" : code, names[code]];
  }

  function arrange(map, placed, isShown) {
    const room = map.getContainer().getBoundingClientRect();
    const furniture = document.querySelectorAll("#panel, .leaflet-control");
    const box = (element) => element.getBoundingClientRect();
    const taken = [...furniture].map(box);
    const markers = [...document.querySelectorAll(".leaflet-pane path.feature.places")].map(box);
    for (const label of placed) {
      label.element.hidden = map.getZoom() < label.zooms[0] || map.getZoom() > label.zooms[1] || !isShown(label);
      if (!label.element.hidden) place(label, taken, markers, room);
    }
  }

  /** Right of its point, else left of it, else not at this zoom. */
  function place(label, taken, markers, room) {
    for (const side of label.kind.startsWith("place") ? ["right", "left"] : ["middle"]) {
      label.element.classList.toggle("left", side === "left");
      const box = label.text.getBoundingClientRect();
      const cut = box.left < room.right && box.right > room.right;
      if (cut && side === "right") continue;
      if (taken.some((other) => touch(box, other))) continue;
      if (side === "middle" && markers.some((other) => touch(box, other))) continue;
      taken.push(box);
      return;
    }
    label.element.hidden = true;
  }

  function touch(a, b) {
    return a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + GAP && b.top < a.bottom + GAP;
  }

  return { add, nameIn };
})();
