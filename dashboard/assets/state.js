/* What the address of the map says, and what is wrong with it. Nothing here touches the map. */
"use strict";

window.KarabakhState = (() => {
  const VIEW = /^\+?[0-9]+(\.[0-9]+)?(\/[+-]?[0-9]+(\.[0-9]+)?){2}$/;

  /** Read a query string. Returns {state, faults}: unknown values are named in faults and left out of state. */
  function read(query, data) {
    const asked = new URLSearchParams(query);
    const atFirst = Object.keys(data.layers).filter((id) => data.layers[id].atFirst);
    const state = { layers: atFirst, date: data.asOf, feature: null, quote: null, view: null, lang: "article" };
    const faults = [];
    const { unknown: sentence, more_layers: more, what, longest_value: longest, most_named: most } = data.query;
    const refuse = (key, value) => faults.push(fill(sentence, { what: what[key], value: value.slice(0, longest) }));
    if (asked.has("layers")) {
      const ids = [...new Set(asked.get("layers").split(",").filter(Boolean))];
      const unknown = ids.filter((id) => !Object.hasOwn(data.layers, id));
      unknown.slice(0, most).forEach((id) => refuse("layers", id));
      if (unknown.length > most) faults.push(fill(more, { count: unknown.length - most }));
      state.layers = Object.keys(data.layers).filter((id) => ids.includes(id));
      if (ids.length && !state.layers.length) state.layers = atFirst;
    }
    choose("date", (value) => Object.hasOwn(data.dates, value));
    choose("lang", (value) => data.languages.includes(value));
    choose("feature", (value) => Object.hasOwn(data.features, value));
    choose("quote", (value) => Object.hasOwn(data.quotes, value));
    if (state.feature) state.quote = null; // one or the other
    choose("view", (value) => parseView(value) !== null);
    return { state, faults };

    function choose(key, known) {
      const value = asked.get(key);
      if (!value) return;
      if (known(value)) state[key] = value;
      else refuse(key, value);
    }
  }

  /** A caption with its {gaps} filled. */
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, gap) => values[gap]);
  }

  /** "9/39.7/46.7" → {zoom, center: [lat, lon]}, or null. */
  function parseView(text) {
    if (!VIEW.test(text)) return null;
    const [zoom, lat, lon] = text.split("/").map(Number);
    if (zoom > 20 || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
    return { zoom, center: [lat, lon] };
  }

  function formatView(map) {
    const center = map.getCenter();
    return `${+map.getZoom().toFixed(2)}/${center.lat.toFixed(4)}/${center.lng.toFixed(4)}`;
  }

  /** The query string of a state; what is as at first is left out, so that a plain link stays plain. */
  function write(state, data) {
    const query = new URLSearchParams();
    const atFirst = Object.keys(data.layers).filter((id) => data.layers[id].atFirst);
    if (state.layers.join() !== atFirst.join()) query.set("layers", state.layers.join(","));
    if (state.date !== data.asOf) query.set("date", state.date);
    if (state.feature) query.set("feature", state.feature);
    if (state.quote) query.set("quote", state.quote);
    if (state.view) query.set("view", state.view);
    if (state.lang !== "article") query.set("lang", state.lang);
    return query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  }

  return { read, fill, parseView, formatView, write };
})();
