/* Other drawings of the same ground, as outlines above the layers. Their data is a file of its own, loaded when one is first switched on. */
"use strict";

window.KarabakhOtherDrawings = (() => {
  const PANE = "other-drawings";
  let lines = null; // by id of a drawing, as dashboard/other_drawings.py has packed them

  function learn(packed) {
    lines = packed;
  }

  /** `load()` brings the data; `failed()` is told if it does not come. */
  function bind(map, load, failed) {
    const drawn = new Map();
    let wanted = [];
    return { show };

    function show(ids) {
      wanted = ids;
      if (lines) arrange();
      else if (ids.length) load().then(arrange).catch(failed);
    }

    function arrange() {
      for (const id of wanted) if (!drawn.has(id)) drawn.set(id, draw(id));
      for (const [id, layer] of drawn) {
        if (wanted.includes(id) !== map.hasLayer(layer)) map[wanted.includes(id) ? "addLayer" : "removeLayer"](layer);
      }
    }

    function draw(id) {
      if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = Number(map.getPane("marks").style.zIndex) - 5;
      const paths = lines[id].map((line) => KarabakhDrawing.unpack(line).map(([x, y]) => [y, x]));
      return L.polyline(paths, { pane: PANE, renderer: L.svg({ pane: PANE, padding: 0.3 }), interactive: false, smoothFactor: 0.5, className: `other-drawing ${id}` });
    }
  }

  return { bind, learn };
})();
