/* Lines are drawn three times: a light casing, so that they stand off from any ground; the line; and, unseen, a broad
   path that a finger can hit. */
"use strict";

window.KarabakhLines = (() => {
  function bind(groups, cased) {
    for (const id of cased) {
      const [drawn] = groups[id].getLayers();
      const casing = again(drawn, id, { interactive: false, className: `casing feature ${id}` });
      const hit = again(drawn, id, { className: "hit" });
      hit.eachLayer((line) => line.on("add", () => { line.getElement().dataset.line = line.feature.id; }));
      groups[id].addLayer(casing).addLayer(hit);
      groups[id].on("add", () => {
        drawn.bringToFront();
        hit.bringToFront();
      });
    }
  }

  function again(drawn, pane, style) {
    return L.geoJSON(drawn.toGeoJSON(), { pane, style: { ...style, pane }, interactive: style.interactive ?? true });
  }

  return { bind };
})();
