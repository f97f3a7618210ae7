/* How sure? Each line as a band as wide as it may be off to both sides, each place as a circle; made when first asked for. */
"use strict";

window.KarabakhUncertainty = (() => {
  const PANE = "uncertainty";
  const EQUATOR_M = 40_075_016.686; // WGS 84, once round, as Web Mercator has it
  const WORLD = 256; // px the equator is long at zoom 0
  const [CLOSE, NEAR] = [10, 10.5]; // zooms for a place and, at most, for a line
  const WITH_CIRCLES = ["places", "protectorates"]; // their features are no lines of the coverage

  /** `groups` are the map's layers by id. A band is shown while a layer is that its line belongs to. */
  function bind(map, data, groups) {
    const { borders, lines, metres } = data.uncertainty;
    let bands = null;
    let isOn = false;
    let asked = null; // the id of what the reader wants to see, whatever layers are on
    map.on("zoomend", () => { if (bands) bands.forEach(widen); });
    map.on("layeradd layerremove", ({ layer }) => { if (isOn && Object.values(groups).includes(layer)) arrange(); });
    return { show, go };

    function show(on) {
      isOn = on;
      if (!on) asked = null;
      if (on) bands ??= make();
      arrange();
    }

    function arrange() {
      for (const { path, id, layers } of bands ?? []) {
        const wanted = isOn && (id === asked || !layers.length || layers.some((layer) => map.hasLayer(groups[layer])));
        if (wanted !== map.hasLayer(path)) map[wanted ? "addLayer" : "removeLayer"](path);
        path.getElement()?.classList.toggle("asked", id === asked);
      }
    }

    /** Take the map to a thing of the list, with the bands on. */
    function go(id, at) {
      const box = document.getElementById("uncertainty");
      asked = id;
      if (!isOn && box) box.click();
      if (!isOn) show(true);
      arrange();
      const band = bands.find((each) => each.id === id);
      if (band?.path instanceof L.Polyline) map.fitBounds(band.path.getBounds().pad(0.3), { maxZoom: NEAR, animate: false });
      else map.setView(at, Math.max(map.getZoom(), CLOSE), { animate: false });
    }

    function make() {
      map.createPane(PANE).style.zIndex = Number(map.getPane("water-and-roads").style.zIndex) + 5; // under all layers
      const options = { pane: PANE, renderer: L.svg({ pane: PANE, padding: 0.3 }), interactive: false };
      const made = [];
      for (const line of KarabakhDrawing.draw(lines, { prefix: "" }).getLayers()) {
        const { metres: off, layers } = line.feature.properties;
        made.push(band(line.feature.id, off, layers.split(" ").filter(Boolean), line.getLatLngs(), options));
      }
      map.eachLayer((layer) => {
        const id = layer.feature?.id;
        if (layer.options.className?.startsWith("ground ") && Object.hasOwn(borders, id)) made.push(band(id, borders[id][0], [], layer.getLatLngs(), options));
      });
      for (const name of WITH_CIRCLES) {
        groups[name].eachLayer((geojson) => geojson.eachLayer((layer) => {
          const off = metres[layer.feature.id];
          if (off) made.push(layer.getLatLngs ? band(layer.feature.id, off, [name], closed(layer.getLatLngs()), options) : circle(layer, off, name, options));
        }));
      }
      made.forEach(widen);
      return made;
    }

    /** As wide on the screen as the line may be off to both sides, at its own latitude. */
    function widen({ path, metres: off }) {
      if (!(path instanceof L.Polyline)) return; // Leaflet keeps a circle's radius in metres
      const shrunk = Math.cos(path.getBounds().getCenter().lat * Math.PI / 180);
      path.setStyle({ weight: 2 * off * WORLD * 2 ** map.getZoom() / (EQUATOR_M * shrunk) });
    }
  }

  function band(id, metres, layers, latlngs, options) {
    return { id, metres, layers, path: L.polyline(latlngs, { ...options, noClip: true, lineCap: "round", lineJoin: "round", className: "uncertainty" }) };
  }

  function circle(layer, metres, name, options) {
    return { id: layer.feature.id, metres, layers: [name], path: L.circle(layer.getLatLng(), { ...options, radius: metres, className: "uncertainty place" }) };
  }

  /** An area's outline as lines that end where they begin. */
  function closed(latlngs) {
    return Array.isArray(latlngs[0]) ? latlngs.map(closed).flat(Array.isArray(latlngs[0][0]) ? 1 : 0) : [...latlngs, latlngs[0]];
  }

  return { bind };
})();
