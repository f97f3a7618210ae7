/* Outlines above everything else on the map: of what is chosen, pointed at, reached by keyboard, or has just changed. */
"use strict";

window.KarabakhMarks = (() => {
  const AROUND_A_PLACE = 4; // px that the outline of a place stands off from it

  function bind(map, features) {
    const groups = {};
    let asked = {};

    map.getContainer().addEventListener("focusin", ({ target }) => show("focused", target.matches(":focus-visible") ? [target.dataset?.feature].filter(Boolean) : []));
    map.getContainer().addEventListener("focusout", () => show("focused", []));

    /** Outline these features and layers in one way ("chosen", "pointed", "focused"), and no others in that way. */
    function show(way, ids) {
      asked = { ...asked, [way]: ids };
      const layers = features.featuresOf(ids).flatMap((id) => features.drawn.get(id) ?? []).filter((layer) => map.hasLayer(layer));
      outline(way, layers);
    }

    function outline(way, layers) {
      groups[way]?.remove();
      delete groups[way];
      if (!layers.length) return;
      groups[way] = L.layerGroup(layers.flatMap((layer) => ["casing-of", ""].map((casing) => copy(layer, `mark ${casing} ${way}`)))).addTo(map);
    }

    /** Outline shapes that have changed for as long as the style sheet lets them pulse. */
    function pulse(layers) {
      if (!matchMedia("(prefers-reduced-motion: reduce)").matches) outline("pulse", layers);
    }

    function copy(layer, className) {
      const made = shape(layer, { pane: "marks", interactive: false, className, smoothFactor: layer.options.smoothFactor });
      return made.on("add", () => { made.getElement().dataset.of = layer.feature.id; });
    }

    function shape(layer, options) {
      if (layer instanceof L.CircleMarker) return L.circleMarker(layer.getLatLng(), { ...options, radius: layer.getRadius() + AROUND_A_PLACE });
      return layer instanceof L.Polygon ? L.polygon(layer.getLatLngs(), options) : L.polyline(layer.getLatLngs(), options);
    }

    /** What is drawn has changed: so do the outlines of it. */
    function again() {
      for (const [way, ids] of Object.entries(asked)) show(way, ids);
    }

    return { show, pulse, again };
  }

  return { bind };
})();
