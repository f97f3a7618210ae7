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

    /** The class of a face on a date; of a line that of one between the sides, or none. */
    function statusOn({ since, how, apart }, date) {
      if (apart) return apart.includes(date) ? "front" : "";
      return since !== "before-2020" && since > date ? "armenian-held" : how;
    }

    /** Give a face the class of its status on a date. */
    function give(face, date) {
      const element = face.getElement();
      if (!element) return;
      element.classList.remove("armenian-held", "regained", "handed-over", "held", "taken-later", "left-later");
      const status = statusOn(face.feature.properties, date);
      if (face.feature.properties.apart) element.classList.toggle("apart", Boolean(status));
      else element.classList.add(status);
    }

    function colour(date) {
      faces.forEach(({ face }) => give(face, date));
    }

    /** The statuses on the map, on the date and the one compared with; "front", "russian" too if there are such lines, areas. */
    function statuses({ layers, date, compare }, isRussian) {
      const dates = compare ? [date, compare] : [date];
      const shown = faces.filter(({ layer }) => layers.includes(layer));
      const found = new Set(dates.flatMap((day) => shown.map(({ face }) => statusOn(face.feature.properties, day))));
      found.delete("");
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
