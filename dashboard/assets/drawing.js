/* Draws what dashboard/geometry_encoding.py has packed: shapes by the numbers of the lines they are made of. */
"use strict";

window.KarabakhDrawing = (() => {
  const DEPTH = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 };

  let lines = []; // as pairs of degrees, by number

  /** Each line is its number of decimals, x, y, then the steps to the vertices that follow. */
  function learn(packed) {
    lines = packed.map(unpack);
  }

  function draw(features, { pane, prefix, radius }) {
    const collection = features.map(({ id, type, coordinates, ...properties }) => (
      { type: "Feature", id, properties, geometry: { type, coordinates: type in DEPTH ? assemble(coordinates, DEPTH[type]) : coordinates } }));
    return L.geoJSON(collection, {
      pane,
      smoothFactor: 0.5,
      style: ({ id, properties }) => ({ className: `${prefix} ${properties.kind ?? ""} ${id}` }),
      pointToLayer: (feature, at) => L.circleMarker(at, { radius, pane }),
    });
  }

  function unpack([decimals, ...numbers]) {
    const line = [];
    let [x, y] = [0, 0];
    for (let i = 0; i < numbers.length; i += 2) {
      x += numbers[i];
      y += numbers[i + 1];
      line.push([x / 10 ** decimals, y / 10 ** decimals]);
    }
    return line;
  }

  /** The lines of these numbers, one behind the other; ~number is a line backwards. */
  function assemble(numbers, depth) {
    if (depth > 0) return numbers.map((part) => assemble(part, depth - 1));
    return numbers.flatMap((number, place) => {
      const line = number < 0 ? [...lines[~number]].reverse() : lines[number];
      return place ? line.slice(1) : line;
    });
  }

  return { draw, learn, unpack };
})();
