/* The map document: toggles, dates, names, ground and view happen here, with no trip to a server.
   The page around it, if there is one of the same origin, is told afterwards. */
"use strict";

window.KarabakhMap = (() => {
  const TELL_AFTER_MS = 250; // a moving map is told about once, when it has come to rest

  function start(map, groups, tiles) {
    const data = JSON.parse(document.getElementById("map-data").textContent);
    const { state, faults } = KarabakhState.read(location.search, data);
    const panel = document.getElementById("panel");
    const switches = [...panel.querySelectorAll("input[role=switch]")];
    const labels = KarabakhLabels.add(map, data.labels, data.features);
    let settled = false;
    let popups = null;
    let page = null; // the page around us, once it has said that it is ours

    casings(groups);
    controls();
    faults.forEach(notice);
    if (matchMedia("(max-width: 640px)").matches || innerHeight < 480) panel.open = false;
    keepToGround();
    if (!showView(state.view)) fit();
    popups = KarabakhPopups.bind(map, groups, data, (id) => { state.feature = id; tell(); });
    apply();
    openOrSay(state.feature);
    listen();
    settled = true;
    document.documentElement.dataset.ready = "yes";
    tell();

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
        notice(`“${KarabakhLabels.nameIn(names, state.lang)[1]}” is on the layer “${data.layers[layer].title}”, which is off or not yet drawn on this date.`);
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
      panel.querySelectorAll("input[name=date]").forEach((step) => { step.checked = step.value === state.date; });
      panel.querySelector("#lang").value = state.lang;
      panel.querySelector(".as-of b").textContent = panel.querySelector("input[name=date]:checked + span").title;
      colour();
      labels.speak(state.lang);
      arrange();
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

    /** No farther out than where the drawn ground just fits: there is nothing to see beyond it. */
    function keepToGround() {
      map.setMinZoom(Math.floor(map.getBoundsZoom(data.extent) * 4) / 4);
    }

    /** The layers about Karabakh if any is on; else whatever is on, however far. */
    function fit() {
      const near = L.latLngBounds(data.near).pad(0.05);
      const on = state.layers.map((id) => data.layers[id].bounds);
      const close = on.filter((bounds) => near.contains(bounds));
      fitTo(close.length || !on.length ? [data.near] : on);
    }

    /** Everything that is on, and the countries around. */
    function fitWhole() {
      fitTo([data.near, ...state.layers.map((id) => data.layers[id].bounds)]);
    }

    function fitTo(all) {
      const wide = map.getSize().x > 720;
      const bounds = all.reduce((sum, one) => sum.extend(one), L.latLngBounds([]));
      if (!L.latLngBounds(data.near).pad(1).contains(bounds)) panel.open = false; // a far view needs the room
      map.fitBounds(bounds, { paddingTopLeft: [wide ? 50 : 8, 8], paddingBottomRight: [wide && panel.open ? 316 : 8, 8], animate: false });
    }

    function showView(text) {
      const view = text && KarabakhState.parseView(text);
      if (view) {
        map.setView(view.center, view.zoom, { animate: false });
        state.view = KarabakhState.formatView(map); // what the ground allows of it
      }
      return Boolean(view);
    }

    function controls() {
      L.control.zoom({ position: "topleft" }).addTo(map);
      L.control.scale({ position: "bottomleft", imperial: true, maxWidth: 120 }).addTo(map);
      map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
      button("near", "Karabakh", fit);
      button("whole", "Whole region: everything that is on", fitWhole);
      if (document.fullscreenEnabled) button("full", "Full screen", fullScreen);
    }

    function button(icon, title, act) {
      const control = L.control({ position: "topleft" });
      control.onAdd = () => {
        const bar = L.DomUtil.create("div", "leaflet-bar");
        const link = L.DomUtil.create("a", "", bar);
        Object.assign(link, { href: "#", title, role: "button", ariaLabel: title });
        link.append(document.getElementById(`icon-${icon}`).content.cloneNode(true));
        L.DomEvent.disableClickPropagation(bar).on(link, "click", L.DomEvent.stop).on(link, "click", act);
        return bar;
      };
      control.addTo(map);
    }

    function fullScreen() {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen().catch(() => notice("The browser refuses full screen here."));
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
        notice("The tiles cannot be reached; the drawn ground is back.");
      }));
      panel.addEventListener("toggle", arrange);
      map.on("moveend", () => {
        arrange();
        state.view = KarabakhState.formatView(map);
        tell();
      });
      map.on("resize", () => {
        keepToGround();
        if (map.getSize().x < 500) panel.open = false;
        arrange();
      });
      window.addEventListener("message", heard);
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

    /** After the paint, tell the address bar or the page around us. */
    function tell() {
      if (!settled) return;
      clearTimeout(tell.waiting);
      tell.waiting = setTimeout(() => {
        const query = KarabakhState.write(state, data);
        if (window.parent === window) {
          if (location.protocol.startsWith("http")) history.replaceState(null, "", query ? `?${query}` : location.pathname);
        } else {
          page?.postMessage({ source: "karabakh-map", state: { ...state }, query }, location.origin);
        }
      }, TELL_AFTER_MS);
    }

    /** The page around us, and nobody else, may ask for a feature, layers, a date, a view or a theme. */
    function heard(event) {
      if (event.origin !== location.origin || event.source !== window.parent || event.data?.source !== "karabakh-page") return;
      const { theme, query, back } = event.data;
      if (theme) document.documentElement.dataset.theme = theme;
      if (!page) {
        page = event.source;
        tell();
      }
      if (query !== undefined) follow(query, back);
    }

    /** Show what a query asks for; the view stays unless it names one, or the reader goes back to a plain address. */
    function follow(query, back) {
      const { state: asked } = KarabakhState.read(query, data);
      const before = state.feature;
      Object.assign(state, asked, { view: state.view });
      apply();
      if (!showView(asked.view) && back) fit();
      if (!state.feature) popups.close();
      else if (state.feature !== before) openOrSay(state.feature);
      tell();
    }
  }

  /** A line is drawn twice: first a light casing, so that it stands off from any ground. */
  function casings(groups) {
    for (const id of ["demarcation-line", "line-of-contact-1994", "supply-route"]) {
      groups[id].getLayers().forEach((geojson) => {
        const style = { className: `casing feature ${id}` };
        groups[id].addLayer(L.geoJSON(geojson.toGeoJSON(), { interactive: false, pane: id, style }));
        groups[id].on("add", () => geojson.bringToFront());
      });
    }
  }

  return { start };
})();
