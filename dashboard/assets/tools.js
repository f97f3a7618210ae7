/* The map's tools: search, measuring, How sure?, locator. What a reader may never use is loaded when first asked for. */
"use strict";

window.KarabakhTools = (() => {
  const loading = new Map(); // by name of a tool

  /** `act` is what a search result does; `lang()` tells the form of names; `notice(text)` tells what doesn't work. */
  function bind(map, data, groups, { act, lang, notice, drawingsFailed }) {
    const box = document.getElementById("search-box");
    const late = (name) => load(name).catch(() => { notice(data.sentences.tool_unavailable); throw new Error(name); });
    KarabakhLocator.bind(map);
    box.form.addEventListener("submit", (event) => event.preventDefault());
    box.addEventListener("focus", ({ relatedTarget }) => {
      late("search").then(() => KarabakhSearch.bind(box.form, data, act, relatedTarget)).catch(() => {});
    }, { once: true });
    document.addEventListener("keydown", (event) => reach(event, box));
    return {
      measure: measure(map, data, lang, late),
      uncertainty: uncertainty(map, data, groups, late),
      drawings: KarabakhOtherDrawings.bind(map, () => late("drawings"), drawingsFailed),
    };
  }

  /** "/" leads to the search box, unless the reader is writing somewhere. */
  function reach(event, box) {
    const writing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writing) return;
    event.preventDefault();
    box.focus();
    box.select();
  }

  /** A button on the map. While isOn(), the map's clicks go to click(latlng). */
  function measure(map, data, lang, late) {
    let tool = null;
    const bar = L.control({ position: "topleft" });
    bar.onAdd = () => {
      const box = document.getElementById("measure-button").content.firstElementChild.cloneNode(true);
      const button = box.querySelector("button");
      L.DomEvent.disableClickPropagation(box).on(button, "click", () => {
        late("measure").then(() => {
          tool ??= KarabakhMeasure.bind(map, data, document.getElementById("tool-panel"), button, lang);
          tool.toggle();
        }).catch(() => {});
      });
      return box;
    };
    bar.addTo(map);
    return { isOn: () => Boolean(tool?.isOn()), click: (latlng) => tool.click(latlng), stop: () => tool?.stop() };
  }

  /** The bands; go(id, at) leads to one. */
  function uncertainty(map, data, groups, late) {
    let tool = null;
    let wanted = false;
    const made = () => late("uncertainty").then(() => { tool ??= KarabakhUncertainty.bind(map, data, groups); });
    return {
      show(on) {
        wanted = on;
        if (on || tool) made().then(() => tool.show(wanted)).catch(() => {});
      },
      go: (id, at) => made().then(() => tool.go(id, at)).catch(() => {}),
    };
  }

  /** Load a tool's script; in a page in one file it is there already. */
  function load(name) {
    const address = JSON.parse(document.getElementById("later")?.textContent ?? "{}")[name];
    if (!loading.has(name)) loading.set(name, address ? script(address) : Promise.resolve());
    loading.get(name).catch(() => loading.delete(name)); // to be tried again
    return loading.get(name);
  }

  function script(src) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      element.src = src;
      document.head.append(element);
    });
  }

  return { bind };
})();
