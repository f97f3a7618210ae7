/* Names on the map, most important first; one that would touch another waits for a closer zoom. */
"use strict";

window.KarabakhLabels = (() => {
  const GAP = 2; // px between two names
  const OFF = 8; // px from a place to its name
  // Where a name may stand about its point: as shares of its size, and steps away from the point.
  const SIDES = { right: [0, -0.5, 1, 0], left: [-1, -0.5, -1, 0], above: [-0.5, -1, 0, -1], below: [-0.5, 0, 0, 1] };
  const MIDDLE = { middle: [-0.5, -0.5, 0, 0] };

  function add(map, labels, features) {
    const placed = labels.map((label) => {
      const element = document.createElement("div");
      element.className = `label ${label.kind}${features[label.id] && label.kind.startsWith("place") ? " named-in-article" : ""}`;
      const text = document.createElement("span");
      text.translate = false;
      element.append(text);
      const icon = L.divIcon({ html: element, className: "", iconSize: [0, 0] });
      L.marker(label.at, { icon, interactive: false, keyboard: false, pane: "labels" }).addTo(map);
      return { ...label, element, text, size: null };
    });
    return {
      speak: (lang) => placed.forEach((label) => write(label, lang)),
      arrange: (isShown) => arrange(map, placed, isShown),
    };
  }

  function write(label, lang) {
    const [code, name] = nameIn(label.written ?? label.names, lang);
    const text = label.height ? `${name}, ${label.height}` : name;
    if (label.text.textContent !== text) label.size = null;
    label.text.textContent = text;
    label.text.lang = code;
  }

  /** The chosen form of a name, or the article's, or the first there is. Returns [language, name]. */
  function nameIn(names, lang) {
    const code = [lang, "article", "en"].find((key) => names[key]) || Object.keys(names)[0];
    return [["article", "en"].includes(code) ? "en" : code, names[code]];
  }

  /** Measure first, then decide, then write: the browser lays the page out once. */
  function arrange(map, placed, isShown) {
    const zoom = map.getZoom();
    const wanted = placed.filter((label) => zoom >= label.zooms[0] && zoom <= label.zooms[1] && isShown(label));
    measure(wanted.filter((label) => !label.size));
    const room = map.getContainer().getBoundingClientRect();
    const taken = [...document.querySelectorAll(".leaflet-control, .over-map")].map((element) => within(element, room));
    const places = wanted.filter(isPlace).map((label) => around(map.latLngToContainerPoint(label.at)));
    const sides = {};
    for (const label of wanted) {
      const isNamed = sides[label.unless] && zoom < label.until; // by another label
      if (!isNamed) sides[label.id] = label.side = side(map, label, taken, places, room);
      else label.side = null;
    }
    for (const label of placed) {
      const shown = wanted.includes(label) && label.side;
      label.element.hidden = !shown;
      if (shown) label.element.dataset.side = label.side;
    }
  }

  function measure(labels) {
    labels.forEach((label) => { label.element.hidden = false; });
    labels.forEach((label) => { label.size = label.text.getBoundingClientRect(); });
  }

  /** Where a label finds room, which it then takes; or null. Places that are drawn keep clear of other names. */
  function side(map, label, taken, places, room) {
    const point = map.latLngToContainerPoint(label.at);
    for (const [name, [x, y, right, down]] of Object.entries(isPlace(label) ? SIDES : MIDDLE)) {
      const [left, top] = [point.x + x * label.size.width + OFF * right, point.y + y * label.size.height + OFF * down];
      const box = { left, top, right: left + label.size.width, bottom: top + label.size.height };
      const isCut = box.left < 0 || box.top < 0 || box.right > room.width || box.bottom > room.height;
      if (isCut || taken.some((other) => touch(box, other))) continue;
      if (places.some((other) => touch(box, other) && !isAround(point, other))) continue;
      taken.push(box);
      return name;
    }
    return null;
  }

  function isPlace(label) {
    return label.kind.startsWith("place");
  }

  function around({ x, y }) {
    return { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 };
  }

  function isAround({ x, y }, box) {
    return Math.abs(x - (box.left + box.right) / 2) < 1 && Math.abs(y - (box.top + box.bottom) / 2) < 1;
  }

  function within(element, room) {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left: left - room.left, right: right - room.left, top: top - room.top, bottom: bottom - room.top };
  }

  function touch(a, b) {
    return a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + GAP && b.top < a.bottom + GAP;
  }

  return { add, nameIn };
})();
