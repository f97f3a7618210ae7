/* The sheet: what the article says of a feature or a layer, who held it, how large it is and how sure. Never over the map. */
"use strict";

window.KarabakhSheet = (() => {
  const CLEAR_PX = 30; // between a place and the sheet below it

  /** `actions`: `open(id)` and `openLayer(id)` show another sheet, `quote(id)` a passage, `line(id, at)` something uncertain,
      `closed()` tells that none is open. */
  function bind(map, data, features, actions) {
    const sheet = document.getElementById("sheet");
    const quotes = document.getElementById("quotes").content;
    let shown = null; // { id, isLayer, latlng, opener }
    sheet.addEventListener("click", clicked);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && shown && !event.defaultPrevented && !document.querySelector("dialog[open]")) dismiss();
    });

    /** Show the sheet of a "feature", a "layer", or what is least certain; `latlng` is the point that was asked about, `opener` gets the focus back. */
    function open(id, { kind = "feature", latlng = null, opener = null } = {}) {
      shown = { id, kind, latlng, opener: opener ?? shown?.opener ?? null };
      const close = document.createElement("button");
      Object.assign(close, { type: "button", className: "close", ariaLabel: data.sentences.close });
      close.append(document.getElementById("icon-close").content.cloneNode(true));
      const card = document.getElementById(kind === "layer" ? `about-layer-${id}` : `about-${id}`).content.cloneNode(true);
      fill(card);
      sheet.replaceChildren(close, card);
      if (kind === "feature") sheet.querySelector(".card").append(...alsoHere(id, latlng));
      sheet.hidden = false;
      sheet.scrollTop = 0;
      document.documentElement.dataset.sheet = "open";
      uncover(latlng ?? data.features[id]?.at);
      if (opener) sheet.focus({ preventScroll: true });
    }

    /** Put the quotes into their places; each is in the document once. */
    function fill(card) {
      for (const place of card.querySelectorAll("figure[data-quote]")) {
        place.replaceWith(quotes.querySelector(`figure[data-quote="${CSS.escape(place.dataset.quote)}"]`).cloneNode(true));
      }
    }

    /** Where the sheet comes from the bottom over the page, scroll that until the place is clear of it. */
    function uncover(at) {
      if (!at || getComputedStyle(sheet).position !== "fixed") return;
      const y = map.getContainer().getBoundingClientRect().top + map.latLngToContainerPoint(at).y;
      const covered = y + CLEAR_PX - sheet.getBoundingClientRect().top;
      if (covered > 0) window.scrollBy({ top: covered, behavior: "instant" });
    }

    /** Say the name in the chosen form, and what the date decides. */
    function refresh({ date, lang }) {
      if (!shown) return;
      const { id, kind } = shown;
      if (kind === "layer") {
        const line = sheet.querySelector(".not-yet");
        line.hidden = !(data.layers[id].from > date);
        line.textContent = KarabakhState.fill(data.sentences.not_yet, { date: data.dates[date].long });
      }
      if (kind !== "feature") return;
      const [code, name] = KarabakhLabels.nameIn(data.features[id].names, lang);
      Object.assign(sheet.querySelector("h2 bdi"), { textContent: name, lang: code });
      writeOthers(sheet.querySelector(".names"), data.features[id].names, name);
      const held = data.holders[id]?.[Object.keys(data.dates).indexOf(date)];
      const line = sheet.querySelector(".holder");
      line.hidden = !held;
      if (held) line.textContent = KarabakhState.fill(data.sentences.on_date, { date: data.dates[date].long, holder: held });
    }

    function writeOthers(line, names, shownName) {
      if (!line) return;
      const others = Object.entries(names).filter(([, name]) => name !== shownName);
      line.replaceChildren(...others.flatMap(([code, name], number) => {
        const element = Object.assign(document.createElement("bdi"), { textContent: name, lang: code === "article" ? "en" : code });
        return number ? [" · ", element] : [element];
      }));
    }

    /** The other areas at the point that was clicked, or at a place itself. */
    function alsoHere(id, latlng) {
      const at = features.isPlace(id) ? data.features[id].at : latlng;
      const others = at ? features.areasAt(L.latLng(at)).filter((other) => other !== id) : [];
      if (!others.length) return [];
      const line = document.createElement("p");
      line.className = "also";
      line.append(`${data.sentences.also_here} `, ...others.map((other) => {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "as-link", textContent: features.caption(other) });
        button.dataset.feature = other;
        return button;
      }));
      return [line];
    }

    function clicked(event) {
      const target = event.target.closest("button, a");
      if (!target || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const { feature, about, quote, line, at } = target.dataset;
      if (target.classList.contains("close")) dismiss();
      else if (feature) actions.open(feature, { latlng: shown.latlng, opener: shown.opener ?? target });
      else if (about) actions.openLayer(about, { opener: shown.opener ?? target });
      else if (line) actions.line(line, at.split("/").map(Number));
      else if (quote) {
        event.preventDefault();
        actions.quote(quote);
      } else if (target.classList.contains("to-this")) event.preventDefault(); // the address bar says it already
    }

    /** Close it as the reader asks: the focus goes back to where it was, and never to nothing. */
    function dismiss() {
      const { opener, id } = shown;
      close();
      const back = opener?.isConnected ? opener : features.elementOf(id);
      (back?.isConnected ? back : map.getContainer()).focus({ preventScroll: true });
      actions.closed();
    }

    function close() {
      shown = null;
      sheet.hidden = true;
      sheet.replaceChildren();
      delete document.documentElement.dataset.sheet;
    }

    return { open, refresh, close, dismiss, shown: () => shown };
  }

  return { bind };
})();
