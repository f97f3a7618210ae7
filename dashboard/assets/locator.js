/* The locator inset: a small map of the wider region in the corner, with a frame where the view lies. */
"use strict";

window.KarabakhLocator = (() => {
  const SMALLEST = 8; // units: a frame that is smaller could not be seen
  const NEARLY_ALL = 0.7; // of the inset's width: such a view needs no inset

  function bind(map) {
    const inset = document.getElementById("locator").content.firstElementChild.cloneNode(true);
    const svg = inset.querySelector("svg");
    const frame = inset.querySelector(".view");
    const { west, north, scale } = svg.dataset;
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => inset;
    control.addTo(map);
    map.on("move resize", follow);
    follow();

    function follow() {
      const bounds = map.getBounds();
      const [left, top] = units(bounds.getNorthWest());
      const [right, bottom] = units(bounds.getSouthEast());
      const [width, height] = [Math.max(SMALLEST, right - left), Math.max(SMALLEST, bottom - top)];
      const all = svg.viewBox.baseVal;
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      inset.hidden = width > NEARLY_ALL * all.width || x < 0 || y < 0 || x > all.width || y > all.height;
      const place = { x: x - width / 2, y: y - height / 2, width, height };
      for (const [name, value] of Object.entries(place)) frame.setAttribute(name, value.toFixed(1));
    }

    function units({ lat, lng }) {
      return [(lng - west) * scale, (mercator(north) - mercator(lat)) * scale];
    }
  }

  /** Mercator's ordinate of a latitude, both in degrees. */
  function mercator(latitude) {
    return Math.log(Math.tan(Math.PI / 4 + latitude * Math.PI / 360)) * 180 / Math.PI;
  }

  return { bind };
})();
