/* The faces of the coverage: each is filled by who held it on the date; nothing but its own date decides.
   With them the schematic lines between the sides, on the days on which they lay apart. */
"use strict";

window.KarabakhFaces = (() => {
  function bind(groups, data) {
    const faces = [];
    for (const [layer, group] of Object.entries(groups)) {
      group.eachLayer((geojson) => geojson.eachLayer((face) => {
          const { since, apart } = face.feature.properties;
          if (since || apart) faces.push({ face, layer });
      }));
    }

    /** The faces of a layer. */
    function of(id) {
      return faces.filter(({ layer }) => layer === id).map(({ face }) => face);
    }

    function statusOn({ since, how }, date) {
      return since !== "before-2020" && since > date ? "armenian-held" : how;
    }

    /** Give a face the class of its status on a date, a line one if the sides lay apart there. */
    function give(face, date) {
      const element = face.getElement();
      if (!element) return;
      element.classList.remove("armenian-held", "regained", "handed-over", "held", "taken-later", "left-later");
      const { properties } = face.feature;
      if (properties.apart) element.classList.toggle("apart", properties.apart.includes(date));
      else element.classList.add(statusOn(properties, date));
    }

    function colour(date) {
      faces.forEach(({ face }) => give(face, date));
    }

    /** The statuses that are on the map, on the date and the one compared with; "russian" too if the contingent's areas are. */
    function statuses({ layers, date, compare }, isRussian) {
      const dates = compare ? [date, compare] : [date];
      const shown = faces.filter(({ face, layer }) => layers.includes(layer) && face.feature.properties.since);
      const found = new Set(dates.flatMap((day) => shown.map(({ face }) => statusOn(face.feature.properties, day))));
      if (isRussian) found.add("russian");
      return found;
    }

    /** Those of the faces with these ids that are on the map. */
    function changed(ids) {
      return faces.filter(({ face }) => ids.includes(face.feature.id) && face.getElement()?.isConnected).map(({ face }) => face);
    }

    return { of, colour, give, statuses, changed };
  }

  return { bind };
})();
