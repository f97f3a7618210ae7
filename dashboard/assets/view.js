/* Where the map stands: first view, fitting to layers and features, the buttons for it. */
"use strict";

window.KarabakhView = (() => {
  function bind(map, data, panel, state, notice) {
    let onScreen = null; // where the map stands while it is printed
    controls();
    window.addEventListener("beforeprint", toPaper);
    window.addEventListener("afterprint", toScreen);
    return { keepToGround, fit, fitTo, show, isOnPaper };

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

    function fitTo(all, closest = Infinity) {
      const wide = map.getSize().x > 720 && !onScreen;
      const bounds = all.reduce((sum, one) => sum.extend(one), L.latLngBounds([]));
      if (!L.latLngBounds(data.near).pad(1).contains(bounds)) panel.open = false; // a far view needs the room
      map.fitBounds(bounds, { maxZoom: closest, paddingTopLeft: [wide ? 50 : 8, 8], paddingBottomRight: [wide && panel.open ? 324 : 8, 8], animate: false });
    }

    /** What lies clear of the legend on the screen is what the paper shows, where the legend stands below. */
    function toPaper() {
      if (onScreen) return;
      const size = map.getSize();
      const right = panel.open && size.x > 720 ? size.x - 324 : size.x;
      const clear = L.latLngBounds(map.containerPointToLatLng([0, 0]), map.containerPointToLatLng([right, size.y]));
      onScreen = { center: map.getCenter(), zoom: map.getZoom() };
      document.documentElement.classList.add("printing");
      map.invalidateSize({ animate: false, pan: false });
      if (state.view) map.fitBounds(clear, { animate: false });
      else fit();
    }

    function toScreen() {
      if (!onScreen) return;
      document.documentElement.classList.remove("printing");
      map.invalidateSize({ animate: false, pan: false });
      map.setView(onScreen.center, onScreen.zoom, { animate: false });
      onScreen = null;
    }

    function isOnPaper() {
      return Boolean(onScreen);
    }

    function show(text) {
      const asked = text && KarabakhState.parseView(text);
      if (asked) {
        map.setView(asked.center, asked.zoom, { animate: false });
        state.view = KarabakhState.formatView(map); // what the ground allows of it
      }
      return Boolean(asked);
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
      else map.getContainer().parentElement.requestFullscreen().catch(() => notice("The browser refuses full screen here."));
    }
  }

  return { bind };
})();
