/* What the address of the map says, and what is wrong with it. Nothing here touches the map. */
"use strict";

window.KarabakhState = (() => {
  const VIEW = /^\+?[0-9]+(\.[0-9]+)?(\/[+-]?[0-9]+(\.[0-9]+)?){2}$/;
  const AT_FIRST = { compare: null, feature: null, layer: null, quote: null, claim: null, correction: null, room: null, view: null, lang: null, key: null, uncertainty: null, ui: null };

  /** What each key may say; `layers` and `drawings` may say several. */
  function choices(data) {
    const has = (known) => (value) => Object.hasOwn(known, value);
    const one = (...known) => (value) => known.includes(value);
    return {
      date: has(data.stepOf), compare: has(data.stepOf), lang: one(...data.languages), feature: has(data.features),
      layer: has(data.layers), quote: has(data.quotes), claim: has(data.claims), correction: one(...data.corrections), room: one(...data.rooms),
      view: (value) => parseView(value) !== null, key: one("0"), uncertainty: one("1"), ui: one(...data.uiLanguages),
    };
  }

  /** Read a query string. Returns {state, faults, since}: unknown values are named in faults and left out of state;
      `since` says what has changed since an earlier version of the data that the query names, else it is "". */
  function read(query, data) {
    const asked = new Map([...new URLSearchParams(query)].map(([key, value]) => [key.toLowerCase(), value])); // the last counts
    const state = { layers: layersAtFirst(data), drawings: [], date: data.asOf, ...AT_FIRST, lang: data.form };
    const faults = [];
    const { unknown: sentence, more_unknown: more, what, longest_value: longest, most_named: most } = data.query;
    const refuse = (key, value) => faults.push(fill(sentence, { what: what[key], value: value.slice(0, longest) }));
    for (const [key, known, otherwise] of [["layers", Object.keys(data.layers), layersAtFirst(data)], ["drawings", data.drawings, []]]) {
      if (!asked.has(key)) continue;
      const ids = [...new Set(asked.get(key).toLowerCase().split(",").filter(Boolean))];
      const unknown = ids.filter((id) => !known.includes(id));
      unknown.slice(0, most).forEach((id) => refuse(key, id));
      if (unknown.length > most) faults.push(counted(more, unknown.length - most, { what: what[key] }));
      state[key] = known.filter((id) => ids.includes(id));
      if (ids.length && !state[key].length) state[key] = otherwise;
    }
    for (const [key, isKnown] of Object.entries(choices(data))) {
      const value = asked.get(key);
      if (!value) continue;
      if (isKnown(value.toLowerCase())) state[key] = value.toLowerCase();
      else refuse(key, value);
    }
    const version = asked.get("v") || data.version;
    const since = Object.hasOwn(data.since, version) ? data.since[version] : "";
    if (!since && version !== data.version) refuse("v", version);
    return { state: settled(state, data, asked), faults, since };
  }

  /** A day stands for its step; a feature goes before a layer, and both before a passage; a layer asked for is on. */
  function settled(state, data, asked) {
    for (const key of ["date", "compare"]) state[key] = data.stepOf[state[key]] ?? null;
    if (state.compare === state.date) state.compare = null;
    if (state.feature) state.layer = null;
    if (state.feature || state.layer) state.quote = null;
    if (state.correction) state.room = "about";
    if (state.claim) Object.assign(state, { room: "claims", correction: null });
    if (state.claim && !state.feature && !state.layer) state.quote ??= data.claims[state.claim].quote;
    const wanted = data.features[state.feature]?.layer ?? state.layer;
    if (wanted && !asked.has("layers")) state.layers = withLayers(state.layers, [wanted], data);
    return state;
  }

  /** These layers and some more, in the order of the data. */
  function withLayers(layers, more, data) {
    return Object.keys(data.layers).filter((id) => layers.includes(id) || more.includes(id));
  }

  function layersAtFirst(data) {
    return Object.keys(data.layers).filter((id) => data.layers[id].atFirst);
  }

  /** A caption with its {gaps} filled. */
  function fill(text, values) {
    const filled = text.replace(/\{(\w+)\}/g, (whole, gap) => values[gap] ?? whole);
    return filled.replace(/\.\.(?![./\w])/g, "."); // a date may end in a full stop, and the sentence too
  }

  /** The form of a caption for a number, filled: by CLDR's names, in the language of the document. */
  function counted(forms, count, values = {}) {
    const form = new Intl.PluralRules(document.documentElement.lang).select(count);
    return fill(forms[form] ?? Object.values(forms).at(-1), { ...values, count });
  }

  /** A number with decimals, as the language of the document writes it; `signs` has {group, decimal}. */
  function number(value, decimals, signs) {
    const [whole, rest] = value.toFixed(decimals).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, signs.group);
    return rest ? grouped + signs.decimal + rest : grouped;
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
    if (state.layers.join() !== layersAtFirst(data).join()) query.set("layers", state.layers.join(","));
    if (state.drawings.length) query.set("drawings", state.drawings.join(","));
    if (state.date !== data.asOf) query.set("date", state.date);
    for (const [key, usual] of Object.entries(AT_FIRST)) {
      const isSaid = key !== "room" || (state.room !== "article" && !state.claim && !state.correction);
      const first = key === "lang" ? data.form : usual;
      if (state[key] && state[key] !== first && isSaid) query.set(key, state[key]);
    }
    return readable(query);
  }

  function readable(query) {
    return query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  }

  return { read, fill, counted, number, withLayers, parseView, formatView, write, readable };
})();
