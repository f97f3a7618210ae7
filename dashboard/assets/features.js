/* The drawn features by id: one tab stop for all, arrow keys lead from one to the next; and what lies at a point. */
"use strict";

window.KarabakhFeatures = (() => {
  const NEAR_PX = matchMedia("(pointer: coarse)").matches ? 22 : 12; // how far from a place a click still means it
  const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  /** `open(id, opener)` is called when the reader chooses a feature by keyboard, `say(text)` when one is led to. */
  function bind(map, groups, data, { open, say }) {
    const drawn = new Map(); // the layers of each feature
    let lang = "article";
    let current = null; // the feature that Tab leads to

    for (const group of Object.values(groups)) {
      group.eachLayer((geojson) => geojson.eachLayer((layer) => {
        if (!layer.options.className?.startsWith("feature ")) return;
        const id = layer.feature.id;
        drawn.set(id, [...(drawn.get(id) ?? []), layer]);
        layer.on("add", () => prepare(layer, id));
        if (layer.getElement()) prepare(layer, id);
      }));
    }

    function prepare(layer, id) {
      const element = layer.getElement();
      element.dataset.feature = id;
      element.setAttribute("tabindex", id === current ? "0" : "-1");
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", caption(id));
      element.addEventListener("keydown", (event) => pressed(event, id, element));
      element.addEventListener("focus", () => lead(id));
      element.addEventListener("mousedown", (event) => event.preventDefault()); // the click is the map's; it moves no focus
    }

    function pressed(event, id, element) {
      if (event.key === "Enter" || event.key === " ") open(id, element);
      else if (DIRECTIONS[event.key]) goOn(next(id, DIRECTIONS[event.key]));
      else return;
      event.preventDefault();
      event.stopPropagation(); // else the map pans
    }

    /** Lead to a feature, and say where it lies. */
    function goOn(element) {
      if (!element) return;
      element.focus({ preventScroll: true });
      say(data.features[element.dataset.feature].words);
    }

    /** The element of the nearest feature on the screen in a direction; what lies straight ahead goes before what lies aside. */
    function next(id, [x, y]) {
      const from = spot(id);
      const size = map.getSize();
      const ahead = shown().filter((other) => other !== id).map((other) => {
        const to = spot(other);
        const [along, aside] = [(to.x - from.x) * x + (to.y - from.y) * y, Math.abs((to.x - from.x) * y) + Math.abs((to.y - from.y) * x)];
        return { other, along, cost: along + 2 * aside, isSeen: to.x > 0 && to.y > 0 && to.x < size.x && to.y < size.y };
      }).filter(({ along, isSeen }) => along > 0 && isSeen);
      ahead.sort((a, b) => a.cost - b.cost);
      return ahead.length ? elementOf(ahead[0].other) : null;
    }

    function spot(id) {
      return map.latLngToContainerPoint(data.features[id].at);
    }

    function shown() {
      return [...drawn.keys()].filter((id) => elementOf(id)?.isConnected && elementOf(id).checkVisibility());
    }

    function elementOf(id) {
      return drawn.get(id)?.[0].getElement();
    }

    /** Make a feature, or else the first that is drawn, the one that Tab leads to. */
    function lead(id = current) {
      const to = shown().includes(id) ? id : shown()[0];
      if (current && current !== to) elementOf(current)?.setAttribute("tabindex", "-1");
      current = to ?? null;
      elementOf(to)?.setAttribute("tabindex", "0");
    }

    /** What lies at a point: the nearest place, the line, then the areas, the one that tells the holder first. */
    function at(latlng, event) {
      const point = map.latLngToContainerPoint(latlng);
      const near = shown().filter((id) => isPlace(id) && spot(id).distanceTo(point) <= NEAR_PX);
      near.sort((a, b) => spot(a).distanceTo(point) - spot(b).distanceTo(point));
      const lines = document.elementsFromPoint(event.clientX, event.clientY).map((element) => element.dataset?.line).filter(Boolean);
      const [place] = near;
      return [...new Set([...(place ? [place] : []), ...lines, ...areasAt(place ? data.features[place].at : latlng)])];
    }

    /** The areas that hold a point; exactly, without their outlines' breadth. */
    function areasAt(latlng) {
      const { x, y } = map.latLngToLayerPoint(latlng);
      const areas = shown().filter((id) => drawn.get(id).some((layer) => layer instanceof L.Polygon && holds(layer, x, y)));
      const rank = (id) => (data.byHolder.includes(data.features[id].layer) ? 0 : 1);
      return areas.sort((a, b) => rank(a) - rank(b));
    }

    function holds(layer, x, y) {
      return layer.getElement().isPointInFill(new DOMPoint(x, y));
    }

    function isPlace(id) {
      return drawn.get(id)[0] instanceof L.CircleMarker;
    }

    /** The ids of features; a layer's id stands for all of its features. */
    function featuresOf(ids) {
      const all = ids.flatMap((id) => (data.features[id] ? [id] : Object.keys(data.features).filter((each) => data.features[each].layer === id)));
      return [...new Set(all)];
    }

    function layersOf(ids) {
      return [...new Set(ids.map((id) => data.features[id]?.layer || id))];
    }

    /** What these features and layers reach over, or null. */
    function bounds(ids) {
      const all = featuresOf(ids).flatMap((id) => drawn.get(id) || []);
      return all.length ? all.map(extent).reduce((sum, one) => sum.extend(one), L.latLngBounds([])) : null;
    }

    function extent(layer) {
      return layer instanceof L.CircleMarker ? L.latLngBounds([layer.getLatLng()]) : layer.getBounds();
    }

    function caption(id) {
      const { names, layer } = data.features[id];
      const [name, { title }] = [KarabakhLabels.nameIn(names, lang)[1], data.layers[layer]];
      return name === title ? name : `${name} (${title})`;
    }

    function speak(form) {
      lang = form;
      for (const [id, layers] of drawn) layers.forEach((layer) => layer.getElement()?.setAttribute("aria-label", caption(id)));
    }

    return { at, areasAt, bounds, layersOf, featuresOf, caption, speak, lead, elementOf, isPlace, drawn };
  }

  return { bind };
})();
