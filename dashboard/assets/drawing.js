/* Draws what dashboard/geometry_encoding.py has packed: each line is x, y, then the steps to the vertices that follow. */
"use strict";

window.KarabakhDrawing = (() => {
  const DEPTH = { Point: 0, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };

  function draw({ decimals, features }, { pane, prefix, radius }) {
    const collection = features.map(({ id, type, coordinates, ...properties }) => (
      { type: "Feature", id, properties, geometry: { type, coordinates: unpack(coordinates, DEPTH[type], 10 ** decimals) } }));
    return L.geoJSON(collection, {
      pane,
      smoothFactor: 0.5,
      style: ({ id, properties }) => ({ className: `${prefix} ${properties.kind ?? ""} ${id}` }),
      pointToLayer: (feature, at) => L.circleMarker(at, { radius, pane }),
    });
  }

  function unpack(numbers, depth, scale) {
    if (depth > 1) return numbers.map((part) => unpack(part, depth - 1, scale));
    const line = [];
    let [x, y] = [0, 0];
    for (let i = 0; i < numbers.length; i += 2) {
      x += numbers[i];
      y += numbers[i + 1];
      line.push([x / scale, y / scale]);
    }
    return depth === 0 ? line[0] : line;
  }

  return { draw };
})();
