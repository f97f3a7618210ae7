/* What is chosen: a feature or a layer, with its sheet; or a passage, with all that it speaks of. Keeps `state` true. */
"use strict";

window.KarabakhChoices = (() => {
  const FAR = 5.5; // zoom: a region the article compares is seen among its neighbours
  const NEAR = 9.5; // zoom: a place that a link asks for
  const CLOSEST = 10.5; // zoom: a passage about one town shows its surroundings too

  /** `change(wish)` shows another state, `apply()` the one there is, `tell()` tells of it; `isDrawn(id)` knows the layers. */
  function bind(map, data, state, { features, marks, sheet, view, isDrawn, apply, change, setDate, tell, notice }) {
    return { choose, chooseLayer, chooseQuote, choosePassage, reach, results, restore };

    /** Open a feature's sheet and mark it; null closes whatever is open. */
    function choose(id, { latlng = null, opener = null } = {}) {
      Object.assign(state, { feature: id, layer: null, ...(id ? { quote: null } : {}) });
      if (id) sheet.open(id, { latlng, opener });
      else sheet.close();
      showSheet(id ? [id] : []);
    }

    function chooseLayer(id, { opener = null } = {}) {
      Object.assign(state, { layer: id, feature: null, quote: null });
      sheet.open(id, { kind: "layer", opener });
      showSheet([id]);
    }

    function showSheet(ids) {
      marks.show("chosen", ids);
      sheet.refresh(state);
      tell();
    }

    /** Show a feature or a layer that was sought; its layer is switched on, on a date that has it. `opener` gets the focus back. */
    function reach(wish, layer, opener = null) {
      const date = data.layers[layer].from > state.date ? data.asOf : state.date;
      change({ date, layers: KarabakhState.withLayers(state.layers, [layer], data) });
      Object.assign(state, wish);
      openAsAsked(opener);
    }

    /** What choosing a result of the search does. */
    function results() {
      return {
        feature: (id) => reach({ feature: id }, data.features[id].layer),
        layer: (id) => {
          reach({ layer: id }, id);
          view.fitTo([data.layers[id].bounds]);
        },
        place: (at, label) => map.setView(at, Math.min(Math.max(map.getZoom(), label.zooms[0] + 0.5), label.zooms[1]), { animate: false }),
        passage: chooseQuote,
        date: (day) => setDate(data.stepOf[day]),
        claim: (id) => change({ claim: id, correction: null, room: "claims" }),
      };
    }

    /** Show what an address asks for. */
    function restore(query) {
      openAsAsked();
      const claim = data.claims[state.claim];
      if (!state.quote) return;
      if (claim?.quote === state.quote) showQuote(state.quote, claim.about, asAsked(query, claim.about)); // as when it was opened
      else showQuote(state.quote, data.quotes[state.quote], asAsked(query));
    }

    /** Open a feature or a layer that is asked for; if it is not drawn, say so. */
    function openAsAsked(opener = null) {
      if (state.layer) chooseLayer(state.layer);
      if (!state.feature) return;
      const { layer, at, names } = data.features[state.feature];
      if (isDrawn(layer)) {
        view.reach(at, data.layers[layer].atFirst ? NEAR : FAR);
        choose(state.feature, { opener });
      } else {
        state.feature = null;
        notice(KarabakhState.fill(data.sentences.on_a_hidden_layer, { name: KarabakhLabels.nameIn(names, state.lang)[1], layer: data.layers[layer].title }));
      }
    }

    function chooseQuote(id) {
      Object.assign(state, { room: null, claim: null, correction: null });
      showQuote(id, data.quotes[id]);
    }

    /** Show what a passage speaks of: its layers on, on a date that has them, the map on `fit`, its first place. */
    function showQuote(quote, ids, { fit = ids.slice(0, 1), keep = false } = {}) {
      sheet.close();
      Object.assign(state, { quote, feature: null, layer: null });
      if (!keep) state.layers = KarabakhState.withLayers(state.layers, features.layersOf(ids), data);
      if (!keep && !isAsThen(ids)) {
        Object.assign(state, { date: data.asOf, compare: null });
        notice(KarabakhState.fill(data.sentences.date_follows, { date: data.dates[data.asOf].long }));
      }
      apply();
      marks.show("chosen", ids);
      const far = features.layersOf(fit).some((id) => !data.layers[id].atFirst);
      const bounds = features.bounds(far ? ids : fit);
      if (bounds) view.fitTo([bounds], { closest: far ? FAR : CLOSEST, isUsual: true });
      tell();
    }

    /** Tell whether these places are drawn, and held by whom they were when the article was written. */
    function isAsThen(ids) {
      const step = Object.keys(data.dates).indexOf(state.date);
      return features.layersOf(ids).every(isDrawn) && ids.every((id) => !data.holders[id] || data.holders[id][step] === data.holders[id].at(-1));
    }

    /** A neighbour's choice of a passage and of what on the map it means; null takes it back. */
    function choosePassage({ quote, ids, fit }) {
      const known = (all) => (all || []).filter((id) => Object.hasOwn(data.features, id) || Object.hasOwn(data.layers, id));
      document.getElementById("notices").replaceChildren();
      if (quote && Object.hasOwn(data.quotes, quote)) showQuote(quote, known(ids), { fit: known(fit) });
      else {
        state.quote = null;
        choose(null);
      }
    }

    /** A link to a passage may name layers, a date and a view too: then these stand. */
    function asAsked(query, ids) {
      const asked = new URLSearchParams(query);
      const fit = asked.has("view") ? [] : ids;
      return { fit, keep: asked.has("layers") || asked.has("date") };
    }
  }

  return { bind };
})();
