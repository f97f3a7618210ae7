/* The map document: toggles, dates, names, ground and view happen here, with no trip to a server.
   Its neighbours, the page around it or the reading room beside it, are told afterwards. */
"use strict";

window.KarabakhMap = (() => {
  const FAR = 5.5; // zoom: a region the article compares is seen among its neighbours
  const CLOSEST = 10.5; // zoom: a passage about one town shows its surroundings too
  const TELL_AFTER_MS = 250; // a moving map is told about once, when it has come to rest

  function start(map, groups, tiles) {
    const data = JSON.parse(document.getElementById("map-data").textContent);
    const { state, faults } = KarabakhState.read(location.search, data);
    const panel = document.getElementById("panel");
    const switches = [...panel.querySelectorAll("input[role=switch]")];
    const labels = KarabakhLabels.add(map, data.labels, data.features);
    let settled = false;
    let popups = null;
    let heardLast = 0; // the number of the neighbours' last choice that was followed; reports carry it
    const tellNeighbours = KarabakhNeighbours.bind(obey);

    casings(groups, data.cased);
    const view = KarabakhView.bind(map, data, panel, state, notice);
    faults.forEach(notice);
    if (matchMedia("(max-width: 640px)").matches || innerHeight < 480) panel.open = false;
    view.keepToGround();
    if (!view.show(state.view)) view.fit();
    popups = KarabakhPopups.bind(map, groups, data, () => state, (id) => {
      state.feature = id;
      if (id) state.quote = null;
      tell();
    });
    apply();
    openOrSay(state.feature);
    if (state.quote) showQuote(state.quote, data.quotes[state.quote], asAsked(location.search));
    listen();
    const tools = KarabakhTools.bind(map, data, groups, { act: results(), lang: () => state.lang, notice });
    map.on("click", ({ latlng }) => { if (tools.measure.isOn()) tools.measure.click(latlng); });
    document.getElementById("uncertainty").addEventListener("change", (event) => tools.uncertainty.show(event.target.checked));
    settled = true;
    tellNow(); // at once: what is told after this is a reader's choice
    document.documentElement.dataset.ready = "yes";

    function isDrawn(id) {
      return state.layers.includes(id) && !(data.layers[id].from > state.date);
    }

    /** Open a feature that a link or the page asks for; if its layer is not drawn, say so. */
    function openOrSay(id) {
      if (!id) return;
      const { layer, at, names } = data.features[id];
      if (isDrawn(layer)) {
        if (!map.getBounds().contains(at)) map.setView(at, Math.min(map.getZoom(), data.layers[layer].atFirst ? 9.5 : 5.5), { animate: false });
        popups.open(id);
      } else {
        state.feature = null;
        notice(KarabakhState.fill(data.sentences.on_a_hidden_layer, { name: KarabakhLabels.nameIn(names, state.lang)[1], layer: data.layers[layer].title }));
      }
    }

    /** Make the drawing what `state` says. Touches only what differs. */
    function apply() {
      for (const [id, group] of Object.entries(groups)) {
        if (isDrawn(id) !== map.hasLayer(group)) map[isDrawn(id) ? "addLayer" : "removeLayer"](group);
      }
      if (popups?.feature() && !isDrawn(data.features[popups.feature()].layer)) popups.dismiss();
      for (const item of panel.querySelectorAll("li[data-layer]")) {
        const early = Boolean(data.layers[item.dataset.layer].from > state.date);
        item.classList.toggle("early", early);
      }
      switches.forEach((box) => { box.checked = state.layers.includes(box.value); });
      panel.querySelector("#lang").value = state.lang;
      KarabakhDates.show(panel, data, state.date);
      colour();
      speak();
      popups?.refresh();
      arrange();
    }

    /** Names in the chosen form: on the map, in the legend, in what a screen reader says. */
    function speak() {
      labels.speak(state.lang);
      popups?.features.speak(state.lang);
      for (const item of panel.querySelectorAll("li[data-layer]")) {
        const { title, names } = data.layers[item.dataset.layer];
        const caption = item.querySelector(".layer-title");
        caption.textContent = names?.[state.lang] && state.lang !== "article" ? names[state.lang] : title;
        caption.lang = caption.textContent === title ? "en" : state.lang;
      }
    }

    /** Show what a passage speaks of: its layers on, on a date that has them, the map on `fit`, its first place. */
    function showQuote(quote, ids, { fit = ids.slice(0, 1), keep = false } = {}) {
      popups.close();
      Object.assign(state, { quote, feature: null });
      const layers = popups.features.layersOf(ids);
      if (!keep) state.layers = Object.keys(data.layers).filter((id) => state.layers.includes(id) || layers.includes(id));
      if (!keep && !isAsThen(ids)) {
        state.date = data.asOf;
        notice(KarabakhState.fill(data.sentences.date_follows, { date: data.dates[data.asOf].long }));
      }
      apply();
      popups.features.mark("chosen", ids);
      const far = popups.features.layersOf(fit).some((id) => !data.layers[id].atFirst);
      const bounds = popups.features.bounds(far ? ids : fit);
      if (bounds) view.fitTo([bounds], far ? FAR : CLOSEST);
      tell();
    }

    /** Tell whether these places are drawn, and held by whom they were when the article was written. */
    function isAsThen(ids) {
      const day = Object.keys(data.dates).indexOf(state.date);
      return popups.features.layersOf(ids).every(isDrawn) && ids.every((id) => !data.held[id] || data.held[id][day] === data.held[id].at(-1));
    }

    function forgetQuote() {
      if (!state.quote) return;
      state.quote = null;
      popups.features.mark("chosen", []);
    }

    /** Fill each face by who held it on the date; nothing but its own date decides. */
    function colour() {
      for (const group of Object.values(groups)) {
        group.eachLayer((geojson) => geojson.eachLayer((face) => {
          const { since, how } = face.feature.properties;
          const element = face.getElement?.();
          if (!since || !element) return;
          const held = since !== "before-2020" && since > state.date;
          element.classList.remove("armenian-held", "regained", "handed-over", "held", "taken-later");
          element.classList.add(held ? "armenian-held" : how);
        }));
      }
    }

    function arrange() {
      labels.arrange((label) => !label.layer || map.hasLayer(groups[label.layer]));
    }

    function listen() {
      switches.forEach((box) => box.addEventListener("change", () => {
        state.layers = switches.filter((other) => other.checked).map((other) => other.value);
        changed();
      }));
      panel.querySelectorAll("input[name=date]").forEach((step) => step.addEventListener("change", () => {
        state.date = step.value;
        changed();
      }));
      panel.querySelector("#lang").addEventListener("change", (event) => { state.lang = event.target.value; changed(); });
      const choice = panel.querySelector("#ground");
      choice.addEventListener("change", () => ground(choice.value));
      Object.values(tiles).forEach((layer) => layer.on("tileerror", () => {
        if (!map.hasLayer(layer)) return;
        choice.value = "";
        ground("");
        notice(data.sentences.tiles_unavailable);
      }));
      panel.addEventListener("toggle", arrange);
      map.on("moveend", () => {
        arrange();
        if (view.isOnPaper()) return;
        state.view = KarabakhState.formatView(map);
        tell();
      });
      map.on("resize", () => {
        if (view.isOnPaper()) return;
        view.keepToGround();
        if (map.getSize().x < 500) panel.open = false;
        arrange();
      });
    }

    /** What choosing a result of the search does. */
    function results() {
      return {
        feature: (id) => follow(KarabakhState.write({ ...state, feature: id, quote: null, layers: [...new Set([...state.layers, data.features[id].layer])] }, data)),
        layer: (id) => { state.layers = Object.keys(data.layers).filter((each) => each === id || state.layers.includes(each)); view.fitTo([data.layers[id].bounds]); changed(); },
        place: (at, label) => map.setView(at, Math.min(Math.max(map.getZoom(), label.zooms[0] + 0.5), label.zooms[1]), { animate: false }),
        passage: (quote) => obey({ quote, ids: data.quotes[quote] }),
        date: (date) => obey({ date }),
        claim: () => {},
      };
    }

    function changed() {
      apply();
      tell();
    }

    function ground(chosen) {
      for (const [id, layer] of Object.entries(tiles)) {
        if (id === chosen) map.addLayer(layer);
        else map.removeLayer(layer);
      }
      map.getContainer().classList.toggle("with-tiles", Boolean(chosen));
    }

    function notice(text) {
      const box = L.DomUtil.create("div", "notice", document.getElementById("notices"));
      L.DomUtil.create("span", "", box).textContent = text;
      const close = L.DomUtil.create("button", "", box);
      Object.assign(close, { type: "button", textContent: "×", ariaLabel: "Close this notice" });
      close.addEventListener("click", () => box.remove());
    }

    /** After the paint, tell the neighbours. */
    function tell() {
      if (!settled) return;
      clearTimeout(tell.waiting);
      tell.waiting = setTimeout(tellNow, TELL_AFTER_MS);
    }

    function tellNow() {
      const layer = data.features[state.feature]?.layer;
      tellNeighbours({ ...state, layer }, KarabakhState.write(state, data), heardLast);
    }

    /** Do what a neighbour asks for: a feature, layers, a date, a view, a passage, or a theme. */
    function obey(wish) {
      const { theme, query, back, point, quote, date, n } = wish;
      if (theme) document.documentElement.dataset.theme = theme;
      if (n) heardLast = n;
      if (point) popups.features.mark("pointed", point);
      if (query !== undefined) follow(query, back);
      if (quote !== undefined) choose(wish);
      if (data.dates[date]) {
        state.date = date;
        changed();
      }
    }

    /** A link to a passage may name layers, a date and a view too: then these stand. */
    function asAsked(query) {
      const asked = new URLSearchParams(query);
      const fit = asked.has("view") ? [] : undefined;
      return { fit, keep: asked.has("layers") || asked.has("date") };
    }

    /** A neighbour's choice of a passage and of what on the map it means; null takes it back. */
    function choose({ quote, ids, fit }) {
      const known = (all) => (all || []).filter((id) => Object.hasOwn(data.features, id) || Object.hasOwn(data.layers, id));
      if (quote && Object.hasOwn(data.quotes, quote)) {
        document.getElementById("notices").replaceChildren();
        showQuote(quote, known(ids), { fit: known(fit) });
      } else {
        popups.close();
        state.feature = null;
        forgetQuote();
        tell();
      }
    }

    /** Show what a query asks for; the view stays unless it names one, or the reader goes back to a plain address. */
    function follow(query, back) {
      const { state: asked } = KarabakhState.read(query, data);
      const before = state.feature;
      if (!asked.quote) forgetQuote();
      Object.assign(state, asked, { view: state.view });
      apply();
      if (!view.show(asked.view) && back && !state.quote) view.fit();
      if (!state.feature) popups.close();
      else if (state.feature !== before) openOrSay(state.feature);
      if (state.quote) showQuote(state.quote, data.quotes[state.quote], asAsked(query));
      tell();
    }
  }

  /** A line is drawn twice: first a light casing, so that it stands off from any ground. */
  function casings(groups, cased) {
    for (const id of cased) {
      groups[id].getLayers().forEach((geojson) => {
        const style = { className: `casing feature ${id}` };
        groups[id].addLayer(L.geoJSON(geojson.toGeoJSON(), { interactive: false, pane: id, style }));
        groups[id].on("add", () => geojson.bringToFront());
      });
    }
  }

  return { start };
})();
