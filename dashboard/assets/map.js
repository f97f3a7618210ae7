/* The map document: toggles, dates, names, basemap and view happen here, with no trip to a server.
   Its neighbours, the page around it or the rooms beside it, are told afterwards. */
"use strict";

window.KarabakhMap = (() => {
  const PLACES_FROM = 6; // zoom: farther out their marks would hide Karabakh
  const TELL_AFTER_MS = 250; // a moving map is told about once, when it has come to rest

  function start(map, groups, tiles) {
    const data = JSON.parse(document.getElementById("map-data").textContent);
    KarabakhManners.measure();
    KarabakhManners.whenSized(map, () => begin(map, groups, tiles, data));
  }

  function begin(map, groups, tiles, data) {
    const { state, faults, since } = KarabakhState.read(location.search, data);
    let settled = false;
    let isPassing = false; // the last choice was made by scrolling past it: no new entry to go back to
    let heardLast = 0; // the number of the neighbours' last choice that was followed; reports carry it
    KarabakhLines.bind(groups, data.cased);
    const labels = KarabakhLabels.add(map, data.labels, data.features);
    const features = KarabakhFeatures.bind(map, groups, data, {
      open: (id, opener) => choices.choose(id, { opener }),
      say: (text) => bar.say(text),
    });
    const marks = KarabakhMarks.bind(map, features);
    const faces = KarabakhFaces.bind(groups, data);
    const compare = KarabakhCompare.bind(map, data, faces);
    const sheet = KarabakhSheet.bind(map, data, features, {
      open: (...which) => choices.choose(...which),
      openLayer: (...which) => choices.chooseLayer(...which),
      quote: (id) => choices.chooseQuote(id),
      line: (id, at) => tools.uncertainty.go(id, at),
      closed: () => choices.choose(null),
    });
    const bar = KarabakhBar.bind(data, {
      layers: setLayers,
      date: setDate,
      lang: (code) => change({ lang: code }),
      compare: setComparison,
      uncertainty: setUncertainty,
      drawings: (ids) => change({ drawings: ids }),
      sheet: (id, opener) => choices.chooseLayer(id, { opener }),
      ground,
    });
    const neighbours = KarabakhNeighbours.bind(obey);
    KarabakhManners.giveWay(map, data.sentences, neighbours.isForeign);
    const view = KarabakhView.bind(map, data, state, notice);
    const choices = KarabakhChoices.bind(map, data, state, { features, marks, sheet, view, isDrawn, apply, change, setDate, tell, notice });
    const tools = KarabakhTools.bind(map, data, groups, { act: choices.results(), lang: () => state.lang, notice, drawingsFailed: () => change({ drawings: [] }) });
    KarabakhLanguages.bind(() => KarabakhState.write(state, data));
    if (faults.length > 1) notice(KarabakhState.counted(data.query.ignored, faults.length), { folded: faults });
    else if (faults.length) notice(faults[0]);
    if (since) notice(since, { correction: data.corrections[0] });
    apply(); // the bar says what is shown, and takes the room for it from the map
    map.invalidateSize({ animate: false, pan: false });
    view.keepToGround();
    if (!view.show(state.view)) view.fit();
    choices.restore(location.search);
    listen();
    arrange(); // the view may have moved before anybody listened
    settled = true;
    tellNow(); // at once: what is told after this is a reader's choice
    document.documentElement.dataset.ready = "yes";

    function isDrawn(id) {
      return state.layers.includes(id) && (!(data.layers[id].from > state.date) || compare.needs(id, state));
    }

    /** Make the drawing what `state` says. Touches only what differs. */
    function apply() {
      for (const [id, group] of Object.entries(groups)) {
        if (isDrawn(id) !== map.hasLayer(group)) map[isDrawn(id) ? "addLayer" : "removeLayer"](group);
      }
      const open = sheet.shown();
      if (open?.kind === "feature" && !isDrawn(data.features[open.id].layer)) choices.choose(null);
      faces.colour(state.date);
      compare.show(state);
      tools.uncertainty.show(Boolean(state.uncertainty));
      tools.drawings.show(state.drawings);
      bar.show(state, faces.statuses(state, isDrawn("areas-of-responsibility")));
      labels.speak(state.lang);
      features.speak(state.lang);
      features.lead();
      marks.again();
      sheet.refresh(state);
      arrange();
    }

    function change(wish) {
      Object.assign(state, wish);
      apply();
      tell();
    }

    /** A layer that lies far away is brought into view when it is switched on. */
    function setLayers(ids) {
      const added = ids.filter((id) => !state.layers.includes(id));
      change({ layers: ids });
      if (added.some((id) => !data.layers[id].atFirst)) view.fitWhole();
    }

    function setDate(id) {
      const isNew = id !== state.date;
      change({ date: id, compare: state.compare === id ? null : state.compare });
      if (!isNew) return;
      bar.say(data.dates[id].said);
      marks.pulse(faces.changed(data.dates[id].changed));
    }

    function setComparison(id) {
      change({ compare: id === state.date ? null : id });
      const [before, after] = [data.dates[id]?.long, data.dates[state.date].long];
      if (id) bar.say(KarabakhState.fill(data.sentences.compared, { before, after }));
    }

    /** Draw how far lines may be off, and list what is least certain. */
    function setUncertainty(on, opener) {
      if (on) sheet.open("how-sure", { kind: "list", opener });
      else if (sheet.shown()?.kind === "list") sheet.close();
      change({ uncertainty: on, feature: null, layer: null });
      marks.show("chosen", []);
    }

    function arrange() {
      map.getContainer().classList.toggle("far-off", map.getZoom() < PLACES_FROM);
      labels.arrange((label) => !label.layer || map.hasLayer(groups[label.layer]));
    }

    function listen() {
      map.on("click", (event) => {
        if (tools.measure.isOn()) {
          tools.measure.click(event.latlng);
          return;
        }
        const [id] = features.at(event.latlng, event.originalEvent);
        choices.choose(id ?? null, { latlng: event.latlng });
      });
      map.on("moveend", () => {
        arrange();
        if (view.isOnPaper()) return;
        state.view = view.isUsual() ? null : KarabakhState.formatView(map);
        tell();
      });
      map.on("resize", () => {
        if (view.isOnPaper()) return;
        view.keepToGround();
        view.again();
        arrange();
      });
      Object.values(tiles).forEach((layer) => layer.on("tileerror", () => {
        if (!map.hasLayer(layer)) return;
        ground("");
        notice(data.sentences.tiles_unavailable);
      }));
    }

    function ground(chosen) {
      for (const [id, layer] of Object.entries(tiles)) {
        if (id === chosen) map.addLayer(layer);
        else map.removeLayer(layer);
      }
      bar.ground(chosen);
      map.getContainer().classList.toggle("with-tiles", Boolean(chosen));
    }

    /** Say something over the map, with lines `folded` away below it; with a correction's id, lead to the corrections, where
        the document has them. */
    function notice(text, { correction, folded = [] } = {}) {
      const box = L.DomUtil.create("div", "notice", document.getElementById("notices"));
      const said = L.DomUtil.create(folded.length ? "details" : "span", "", box);
      (folded.length ? L.DomUtil.create("summary", "", said) : said).textContent = text;
      if (folded.length) L.DomUtil.create("ul", "", said).append(...folded.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
      if (correction && document.getElementById("corrections")) lead(said, correction);
      const close = L.DomUtil.create("button", "", box);
      Object.assign(close, { type: "button", textContent: "×", ariaLabel: data.sentences.close_notice });
      close.addEventListener("click", () => {
        box.remove();
        map.getContainer().focus({ preventScroll: true });
      });
    }

    function lead(said, correction) {
      said.append(" ");
      const link = L.DomUtil.create("a", "", said);
      Object.assign(link, { href: `?correction=${correction}`, textContent: data.sentences.read_corrections });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        change({ correction, claim: null, room: "about" });
      });
    }

    /** After the paint, tell the neighbours. */
    function tell() {
      if (!settled) return;
      clearTimeout(tell.waiting);
      tell.waiting = setTimeout(tellNow, TELL_AFTER_MS);
    }

    function tellNow() {
      const layer = state.layer ?? data.features[state.feature]?.layer;
      neighbours.tell({ ...state, layer, isPassing }, KarabakhState.write(state, data), heardLast);
    }

    /** Do what a neighbour asks for: a query, layers, a date, a passage, a feature, or a room. */
    function obey(wish) {
      const { query, back, point, quote, date, room, claim, feature, opener, n } = wish;
      if (n) heardLast = n;
      isPassing = Boolean(wish.isPassing);
      if (point) marks.show("pointed", point);
      if (query !== undefined) follow(query, back);
      if (quote !== undefined) choices.choosePassage(wish);
      if (room !== undefined) Object.assign(state, { room, correction: null });
      if (claim !== undefined) state.claim = claim;
      if (room !== undefined || claim !== undefined) tell();
      if (data.features[feature]) choices.reach({ feature }, data.features[feature].layer, opener);
      if (data.stepOf[date]) setDate(data.stepOf[date]);
    }

    /** Show what a query asks for; the view stays unless it names one, or the reader goes back to a plain address. */
    function follow(query, back) {
      const { state: asked } = KarabakhState.read(query, data);
      sheet.close();
      marks.show("chosen", []);
      Object.assign(state, asked, { view: state.view });
      apply();
      if (!view.show(asked.view) && back && !state.quote) view.fit();
      choices.restore(query);
      tell();
    }
  }

  return { start };
})();
