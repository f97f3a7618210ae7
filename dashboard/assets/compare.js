/* Two dates side by side: the chosen one right of a slider, another left of it. */
"use strict";

window.KarabakhCompare = (() => {
  function bind(map, data, faces) {
    const slider = document.getElementById("slider");
    const copies = {}; // by layer: its faces once more, to be coloured by the other date
    let sides = {}; // pane → "left" or "right"

    slider.addEventListener("input", clip);
    map.on("move zoom resize viewreset", clip);

    /** Compare the state's date with `state.compare`, or stop comparing. */
    function show(state) {
      slider.parentElement.hidden = !state.compare;
      const [early, late] = [state.compare, state.date];
      sides = {};
      for (const [id, { from }] of Object.entries(data.layers)) {
        if (!state.compare || !state.layers.includes(id)) copies[id]?.remove();
        else if (data.byHolder.includes(id)) (copies[id] ??= L.layerGroup(faces.of(id).map(copy))).addTo(map).eachLayer((face) => faces.give(face, early));
        if (!state.compare || !from) continue;
        if (from > early && from <= late) sides[id] = "right";
        if (from > late && from <= early) sides[id] = "left";
      }
      if (state.compare) Object.assign(sides, { before: "left", fills: "right" });
      slider.parentElement.querySelector(".on-right").textContent = data.dates[late].long;
      clip();
    }

    function copy(face) {
      const { className, smoothFactor } = face.options;
      const shape = face.feature.properties.apart ? L.polyline : L.polygon;
      return Object.assign(shape(face.getLatLngs(), { pane: "before", interactive: false, className, smoothFactor }), { feature: face.feature });
    }

    /** Cut each pane off at the slider. A pane has no size of its own: the map's corners are told in its pixels. */
    function clip() {
      const { x: width, y: height } = map.getSize();
      const at = width * slider.value / 100;
      slider.parentElement.style.setProperty("--at", `${slider.value}%`);
      for (const [name, pane] of Object.entries(map.getPanes())) {
        const side = sides[name];
        if (!side && !pane.style.clipPath) continue;
        const [from, to] = side === "left" ? [0, at] : [at, width];
        const corners = [[from, 0], [to, 0], [to, height], [from, height]].map((corner) => map.containerPointToLayerPoint(corner));
        pane.style.clipPath = side ? `polygon(${corners.map(({ x, y }) => `${x}px ${y}px`).join(", ")})` : "";
      }
    }

    /** Whether a layer that has nothing to draw on the date shown is drawn for the other one. */
    function needs(id, state) {
      return Boolean(state.compare) && state.layers.includes(id) && !(data.layers[id].from > state.compare);
    }

    return { show, needs };
  }

  return { bind };
})();
