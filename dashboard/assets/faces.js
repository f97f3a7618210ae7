/* The faces of the coverage: each is filled by who held it on the date; nothing but its own date decides. */
"use strict";

window.KarabakhFaces = (() => {
  function bind(groups, data) {
    const faces = [];
    for (const [layer, group] of Object.entries(groups)) {
      group.eachLayer((geojson) => geojson.eachLayer((face) => {
        if (face.feature.properties.since) faces.push({ face, layer });
      }));
    }

    /** The faces of a layer. */
    function of(id) {
      return faces.filter(({ layer }) => layer === id).map(({ face }) => face);
    }

    function statusOn({ since, how }, date) {
      return since !== "before-2020" && since > date ? "armenian-held" : how;
    }

    /** Give a face the class of its status on a date. */
    function give(face, date) {
      const element = face.getElement();
      if (!element) return;
      element.classList.remove("armenian-held", "regained", "handed-over", "held", "taken-later", "left-later");
      element.classList.add(statusOn(face.feature.properties, date));
    }

    function colour(date) {
      faces.forEach(({ face }) => give(face, date));
    }

    /** The statuses that are on the map, on the date and the one compared with; "russian" too if the contingent's areas are. */
    function statuses({ layers, date, compare }, isRussian) {
      const dates = compare ? [date, compare] : [date];
      const shown = faces.filter(({ layer }) => layers.includes(layer));
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
