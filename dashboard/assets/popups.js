/* Features: reached by mouse, touch or keyboard, and the popup that says what the article says of each. */
"use strict";

window.KarabakhPopups = (() => {
  /** `choose(id)` is called when the reader opens or closes a feature. Returns {open, close}. */
  function bind(map, groups, data, choose) {
    const paths = new Map();
    let popup = null;
    let opener = null;
    const panel = document.getElementById("panel");

    for (const group of Object.values(groups)) {
      group.eachLayer((geojson) => geojson.eachLayer((layer) => {
        const id = layer.feature.id;
        if (!layer.options.className?.startsWith("feature ")) return;
        if (!paths.has(id)) paths.set(id, []);
        paths.get(id).push(layer);
        layer.on("add", () => prepare(layer, id));
        layer.on("click", (event) => {
          L.DomEvent.stopPropagation(event);
          open(id, event.latlng, under(event.originalEvent));
        });
        if (layer.getElement()) prepare(layer, id);
      }));
    }

    function prepare(layer, id) {
      const element = layer.getElement();
      element.dataset.feature = id;
      element.setAttribute("tabindex", "0");
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", caption(id));
      element.classList.toggle("chosen", popup?.feature === id);
      if (element.dataset.ready) return;
      element.dataset.ready = "yes";
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        opener = element;
        open(id, null, []);
      });
    }

    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape") popup?.remove();
    });

    /** The other features under the pointer, topmost first. */
    function under(event) {
      return [...new Set(document.elementsFromPoint(event.clientX, event.clientY)
        .map((element) => element.dataset?.feature).filter(Boolean))];
    }

    function open(id, latlng, others) {
      const template = document.getElementById(`about-${id}`);
      const content = document.createElement("div");
      content.append(template.content.cloneNode(true));
      const rest = others.filter((other) => other !== id);
      if (rest.length) content.querySelector("h3").after(also(rest, latlng, others));
      close();
      const box = map.getSize();
      const wide = box.x > 640;
      popup = L.popup({ maxWidth: Math.min(360, box.x - 60), maxHeight: Math.max(150, Math.min(420, 0.6 * box.y)), autoPanPaddingTopLeft: [wide ? 64 : 8, 12], autoPanPaddingBottomRight: [wide && panel.open ? 316 : 8, 12] })
        .setLatLng(latlng || data.features[id].at).setContent(content);
      popup.feature = id;
      popup.on("remove", closed);
      popup.openOn(map);
      popup.getElement().setAttribute("role", "dialog");
      popup.getElement().setAttribute("aria-label", KarabakhLabels.nameIn(data.features[id].names, "article")[1]);
      if (opener) {
        popup.getElement().tabIndex = -1;
        popup.getElement().focus({ preventScroll: true });
      }
      document.documentElement.dataset.popup = "open";
      mark(id, true);
      choose(id);
    }

    function closed(event) {
      mark(event.target.feature, false);
      if (popup !== event.target) return;
      popup = null;
      delete document.documentElement.dataset.popup;
      choose(null);
      opener?.focus();
      opener = null;
    }

    function close() {
      const old = popup;
      popup = null;
      delete document.documentElement.dataset.popup;
      old?.remove();
    }

    function also(rest, latlng, others) {
      const line = document.createElement("p");
      line.className = "also";
      line.append("Also here:");
      for (const id of rest) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = caption(id);
        button.addEventListener("click", () => open(id, latlng, others));
        line.append(button);
      }
      return line;
    }

    function caption(id) {
      const feature = data.features[id];
      return `${KarabakhLabels.nameIn(feature.names, "article")[1]} (${data.layers[feature.layer].title})`;
    }

    function mark(id, chosen) {
      (paths.get(id) || []).forEach((layer) => layer.getElement()?.classList.toggle("chosen", chosen));
    }

    return { open: (id) => open(id, null, []), close, dismiss: () => popup?.remove(), feature: () => popup?.feature };
  }

  return { bind };
})();
