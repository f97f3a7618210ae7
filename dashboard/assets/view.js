/* Where the map stands: first view, fitting to layers and features, the buttons for it, and the view on paper. */
"use strict";

window.KarabakhView = (() => {
  const MARGIN = 8; // px around what is fitted
  const BUTTONS = 56; // px that the buttons take at the left, if all of a wide view is to be seen
  /** Leaflet's bar, with numbers and unit as the language writes them. */
  const Scale = L.Control.Scale.extend({
    options: { imperial: false, maxWidth: 120, position: "bottomleft" },
    _updateMetric(across) {
      const metres = this._getRoundNum(across);
      const [unit, count] = metres < 1000 ? ["m", metres] : ["km", metres / 1000];
      const value = KarabakhState.number(count, 0, this.options.numbers);
      this._updateScale(this._mScale, KarabakhState.fill(this.options.units[unit], { value }), metres / across);
    },
  });

  function bind(map, data, state, notice) {
    let onScreen = null; // where the map stands while it is printed
    let fitted = null; // what the map was fitted to, unless the reader has moved it since: {all, closest, isUsual}
    let isFitting = false;
    controls();
    map.on("movestart", () => { if (!isFitting) fitted = null; });
    window.addEventListener("beforeprint", toPaper);
    window.addEventListener("afterprint", toScreen);
    return { keepToGround, fit, fitWhole, fitTo, show, reach, again, isUsual: () => Boolean(fitted?.isUsual), isOnPaper };

    /** No farther out than where the drawn ground just fits: there is nothing to see beyond it. */
    function keepToGround() {
      map.setMinZoom(Math.floor(map.getBoundsZoom(data.extent) * 4) / 4);
    }

    /** The layers about Karabakh if any is on; else whatever is on, however far. */
    function fit() {
      const near = L.latLngBounds(data.near).pad(0.05);
      const on = state.layers.map((id) => data.layers[id].bounds);
      const close = on.filter((bounds) => near.contains(bounds));
      fitTo(close.length || !on.length ? [data.near] : on, { isUsual: true });
    }

    /** Everything that is on, and the countries around. */
    function fitWhole() {
      fitTo([data.near, ...state.layers.map((id) => data.layers[id].bounds)], { left: BUTTONS });
    }

    /** `isUsual` if the rest of the address says as much: then it need not name the view. */
    function fitTo(all, { closest = Infinity, isUsual = false, left = MARGIN } = {}) {
      const bounds = all.reduce((sum, one) => sum.extend(one), L.latLngBounds([]));
      isFitting = true;
      fitted = { all, closest, isUsual, left };
      map.fitBounds(bounds, { maxZoom: closest, paddingTopLeft: [left, MARGIN], paddingBottomRight: [MARGIN, MARGIN], animate: false });
      isFitting = false;
    }

    /** The map has another size: show what it was fitted to, if the reader has not moved it since. */
    function again() {
      if (fitted) fitTo(fitted.all, fitted);
    }

    /** Bring a point into view if it is out of it; the map does not jump for what is in view already. */
    function reach(at, closest) {
      if (!map.getBounds().contains(at)) map.setView(at, Math.min(map.getZoom(), closest), { animate: false });
    }

    function toPaper() {
      if (onScreen || window.parent !== window) return; // a frame keeps its size on its page's paper
      const shown = map.getBounds();
      onScreen = { center: map.getCenter(), zoom: map.getZoom() };
      document.documentElement.classList.add("printing");
      map.invalidateSize({ animate: false, pan: false });
      if (state.view) map.fitBounds(shown, { animate: false });
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
      const { buttons } = data.sentences;
      new Scale({ units: data.units, numbers: data.numbers }).addTo(map);
      map.attributionControl.setPrefix(false);
      bar("zoom", [["plus", buttons.closer, () => map.zoomIn()], ["minus", buttons.farther, () => map.zoomOut()]]);
      bar("near", [["home", buttons.near, fit]]);
      bar("whole", [["whole", buttons.whole, fitWhole]]);
      if (document.fullscreenEnabled) bar("full", [["full", buttons.full, fullScreen]]);
    }

    function bar(name, buttons) {
      const control = L.control({ position: "topleft" });
      control.onAdd = () => {
        const box = L.DomUtil.create("div", `leaflet-bar ${name}`);
        for (const [icon, title, act] of buttons) {
          const button = L.DomUtil.create("button", "", box);
          Object.assign(button, { type: "button", title, ariaLabel: title });
          button.append(document.getElementById(`icon-${icon}`).content.cloneNode(true));
          button.addEventListener("click", act);
        }
        L.DomEvent.disableClickPropagation(box);
        return box;
      };
      control.addTo(map);
    }

    function fullScreen() {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen().catch(() => notice(data.sentences.no_full_screen));
    }
  }

  return { bind };
})();
