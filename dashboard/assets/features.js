/* The drawn features by id: reached by keyboard, marked when chosen or pointed at, named in the form chosen. */
"use strict";

window.KarabakhFeatures = (() => {
  /** `open(id, latlng, others, opener)` is called when the reader chooses a feature. */
  function bind(groups, data, open) {
    const paths = new Map();
    const marked = { chosen: new Set(), pointed: new Set() };
    let lang = "article";

    for (const group of Object.values(groups)) {
      group.eachLayer((geojson) => geojson.eachLayer((layer) => {
        const id = layer.feature.id;
        if (!layer.options.className?.startsWith("feature ")) return;
        if (!paths.has(id)) paths.set(id, []);
        paths.get(id).push(layer);
        layer.on("add", () => prepare(layer, id));
        layer.on("click", (event) => {
          L.DomEvent.stopPropagation(event);
          open(id, event.latlng, under(event.originalEvent));
        });
        if (layer.getElement()) prepare(layer, id);
      }));
    }

    function prepare(layer, id) {
      const element = layer.getElement();
      element.dataset.feature = id;
      element.setAttribute("tabindex", "0");
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", caption(id));
      for (const [name, ids] of Object.entries(marked)) element.classList.toggle(name, ids.has(id));
      if (element.dataset.ready) return;
      element.dataset.ready = "yes";
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open(id, null, [], element);
      });
    }

    /** The other features under the pointer, topmost first. */
    function under(event) {
      return [...new Set(document.elementsFromPoint(event.clientX, event.clientY)
        .map((element) => element.dataset?.feature).filter(Boolean))];
    }

    /** Give the mark `name` ("chosen", "pointed") to these features and layers, and to no others. */
    function mark(name, ids) {
      marked[name] = new Set(featuresOf(ids));
      for (const [id, layers] of paths) {
        layers.forEach((layer) => layer.getElement()?.classList.toggle(name, marked[name].has(id)));
      }
    }

    /** The ids of features; a layer's id stands for all of its features. */
    function featuresOf(ids) {
      return ids.flatMap((id) => (data.features[id] ? [id] : Object.keys(data.features).filter((each) => data.features[each].layer === id)));
    }

    function layersOf(ids) {
      return [...new Set(ids.map((id) => data.features[id]?.layer || id))];
    }

    /** What these features and layers reach over, or null. */
    function bounds(ids) {
      const all = featuresOf(ids).flatMap((id) => paths.get(id) || []);
      return all.length ? all.map(extent).reduce((sum, one) => sum.extend(one), L.latLngBounds([])) : null;
    }

    function extent(layer) {
      return layer.getBounds && !(layer instanceof L.CircleMarker) ? layer.getBounds() : L.latLngBounds([layer.getLatLng()]);
    }

    function caption(id) {
      const feature = data.features[id];
      return `${KarabakhLabels.nameIn(feature.names, lang)[1]} (${data.layers[feature.layer].title})`;
    }

    function speak(form) {
      lang = form;
      for (const [id, layers] of paths) layers.forEach((layer) => layer.getElement()?.setAttribute("aria-label", caption(id)));
    }

    return { mark, bounds, layersOf, caption, speak };
  }

  return { bind };
})();
