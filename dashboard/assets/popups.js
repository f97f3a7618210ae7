/* The popup that says what the article says of a feature, how large it is and how sure. */
"use strict";

window.KarabakhPopups = (() => {
  /** `choose(id)` is called when the reader opens or closes a feature; `state()` tells date and form of names. */
  function bind(map, groups, data, state, choose) {
    const features = KarabakhFeatures.bind(groups, data, open);
    let popup = null;
    let opener = null;
    const panel = document.getElementById("panel");

    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape") popup?.remove();
    });

    function open(id, latlng = null, others = [], from = opener) {
      opener = from;
      const content = document.createElement("div");
      content.append(document.getElementById(`about-${id}`).content.cloneNode(true));
      const rest = others.filter((other) => other !== id);
      if (rest.length) content.querySelector("h3").after(also(rest, latlng, others));
      close();
      const box = map.getSize();
      const wide = box.x > 640;
      popup = L.popup({ maxWidth: Math.min(360, box.x - 60), maxHeight: Math.max(150, Math.min(420, 0.6 * box.y)), autoPanPaddingTopLeft: [wide ? 64 : 8, 12], autoPanPaddingBottomRight: [wide && panel.open ? 324 : 8, 12] })
        .setLatLng(latlng || data.features[id].at).setContent(content);
      popup.feature = id;
      popup.on("remove", closed);
      popup.openOn(map);
      refresh();
      popup.getElement().setAttribute("role", "dialog");
      popup.getElement().querySelector(".leaflet-popup-content").tabIndex = 0; // a long one scrolls by keyboard too
      if (opener) {
        popup.getElement().tabIndex = -1;
        popup.getElement().focus({ preventScroll: true });
      }
      document.documentElement.dataset.popup = "open";
      features.mark("chosen", [id]);
      choose(id);
    }

    /** Say the open popup's name in the chosen form, and who held how much on the date shown. */
    function refresh() {
      const content = popup?.getElement()?.querySelector(".card");
      if (!content) return;
      const { names } = data.features[popup.feature];
      const { date, lang } = state();
      const [code, name] = KarabakhLabels.nameIn(names, lang);
      const heading = content.querySelector("h3 bdi");
      Object.assign(heading, { textContent: name, lang: code });
      popup.getElement().setAttribute("aria-label", name);
      writeOthers(content.querySelector(".names"), names, name);
      const held = content.querySelector(".held");
      if (!held) return;
      held.querySelector("th").textContent = `Armenian-held on ${data.dates[date].long}`;
      held.querySelector("td").textContent = data.held[popup.feature][Object.keys(data.dates).indexOf(date)];
    }

    function writeOthers(line, names, shown) {
      if (!line) return;
      const others = Object.entries(names).filter(([, name]) => name !== shown);
      line.replaceChildren(...others.flatMap(([code, name], number) => {
        const element = Object.assign(document.createElement("bdi"), { textContent: name, lang: code === "article" ? "en" : code });
        return number ? [" · ", element] : [element];
      }));
    }

    function closed(event) {
      if (popup !== event.target) return;
      popup = null;
      delete document.documentElement.dataset.popup;
      features.mark("chosen", []);
      choose(null);
      opener?.focus();
      opener = null;
    }

    function close() {
      const old = popup;
      popup = null;
      delete document.documentElement.dataset.popup;
      if (old) features.mark("chosen", []);
      old?.remove();
    }

    function also(rest, latlng, others) {
      const line = document.createElement("p");
      line.className = "also";
      line.append("Also here:");
      for (const id of rest) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = features.caption(id);
        button.addEventListener("click", () => open(id, latlng, others));
        line.append(button);
      }
      return line;
    }

    return { open: (id) => open(id), close, refresh, features, dismiss: () => popup?.remove(), feature: () => popup?.feature };
  }

  return { bind };
})();
