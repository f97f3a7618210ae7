/* Distances between points on the map: snapped to places and lines, each with the ± that applies. */
"use strict";

window.KarabakhMeasure = (() => {
  const LONG_M = 50_000; // a longer leg is drawn as the curve that it is on the map
  const CURVE = 24; // stretches of a curve
  const PANE = "measure";

  /** `host` is where the panel stands, `button` switches it; `lang()` tells the form of names. While isOn(), the map's clicks go to click(latlng). */
  function bind(map, data, host, button, lang) {
    const words = data.measure;
    const container = map.getContainer();
    const snapping = KarabakhSnapping.bind(map, data);
    const drawing = L.layerGroup();
    let panel = null;
    let points = [];
    container.append(element("div", "crosshair", { ariaHidden: "true" }));
    document.addEventListener("keydown", pressed);
    return { isOn: () => Boolean(panel), toggle: () => (panel ? stop() : start()), click, stop };

    function start() {
      const byKeyboard = button.matches(":focus-visible");
      panel = document.getElementById("measure-panel").content.firstElementChild.cloneNode(true);
      panel.addEventListener("click", chosen);
      host.replaceChildren(panel);
      host.hidden = false;
      button.setAttribute("aria-pressed", "true");
      container.classList.add("measuring");
      if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = 650; // above the names
      drawing.addTo(map);
      map.invalidateSize({ animate: false }); // the panel may take room from it
      if (byKeyboard) container.focus({ preventScroll: true }); // arrow keys move the map under the crosshair
      write("");
    }

    function stop() {
      if (!panel) return;
      const within = panel.contains(document.activeElement) || document.activeElement === container;
      points = [];
      panel = null;
      drawing.clearLayers().remove();
      host.replaceChildren();
      host.hidden = true;
      button.setAttribute("aria-pressed", "false");
      container.classList.remove("measuring");
      map.invalidateSize({ animate: false });
      if (within) button.focus();
    }

    function pressed(event) {
      if (!panel || event.defaultPrevented) return;
      if (event.key === "Escape" && !event.target.closest?.("form, dialog")) {
        event.preventDefault();
        stop();
      } else if (event.key === "Enter" && event.target === container) {
        event.preventDefault();
        click(map.getCenter());
      }
    }

    function click(latlng) {
      points.push(snapping.snap(latlng));
      write(KarabakhState.fill(words.added, { number: points.length, name: named(points.at(-1)), distance: points.length > 1 ? length(points) : "" }).trim());
    }

    function chosen(event) {
      const { act, point } = event.target.closest("button")?.dataset ?? {};
      if (act === "done") stop();
      if (act === "undo") points.pop();
      if (act === "clear") points = [];
      if (act === "nearest") points[point] = snapping.nearestOnLine(points[point - 1].latlng, points[point]);
      if (act === "copy") copy(coordinates(points[point]));
      else if (act && act !== "done") write(points.length > 1 ? length(points) : words.how);
      if (act === "nearest") panel.querySelector(`[data-act=nearest][data-point="${point}"]`).focus(); // the row is made anew
    }

    async function copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        say(words.copied);
      } catch {
        say(words.blocked);
      }
    }

    function write(said) {
      panel.querySelector(".measure-total").textContent = [words.how, words.next][points.length] ?? length(points);
      panel.querySelector(".measure-points").replaceChildren(...points.map(row));
      for (const act of ["undo", "clear"]) panel.querySelector(`[data-act=${act}]`).setAttribute("aria-disabled", String(!points.length));
      host.scrollTop = host.scrollHeight; // the newest point is in sight
      say(said);
      draw();
    }

    function say(text) {
      panel.querySelector("[role=status]").textContent = text;
    }

    function row(point, number) {
      const item = element("li", "");
      const copying = KarabakhState.fill(words.copy_of, { number: number + 1 });
      item.append(element("span", "measure-name", { textContent: named(point), translate: false }), " ", element("code", "", { textContent: coordinates(point) }), " ", act("copy", words.copy, number, copying));
      if (number) item.append(" ", element("span", "measure-leg", { textContent: KarabakhState.fill(words.leg, { distance: length([points[number - 1], point]) }) }));
      if (number && ["border", "line"].includes(point.kind)) item.append(" ", act("nearest", words.nearest, number));
      return item;
    }

    function act(name, text, point, label = text) {
      const made = element("button", "", { type: "button", textContent: text, ariaLabel: label });
      Object.assign(made.dataset, { act: name, point });
      return made;
    }

    function named({ kind, id }) {
      const name = (names) => KarabakhLabels.nameIn(names, lang())[1];
      const label = (each) => name(data.labels.find((one) => one.id === each)?.names ?? { en: each });
      if (kind === "free") return words.free;
      if (kind === "place") return data.features[id] ? name(data.features[id].names) : label(id);
      if (kind === "line") return KarabakhState.fill(words.line, { name: name(data.features[id].names) });
      const [one, other] = data.uncertainty.borders[id].slice(1).map(label);
      return KarabakhState.fill(words.border, { one, other });
    }

    function coordinates({ latlng, metres }) {
      const text = `${latlng.lat.toFixed(5)}, ${latlng.lng.toFixed(5)}`;
      return metres === null ? text : `${text} ± ${KarabakhState.fill(data.units.m, { value: KarabakhState.number(metres, 0, data.numbers) })}`;
    }

    /** A length with its ±: the root of the sum of the points' squares, none where a point is free. */
    function length(all) {
      const metres = all.slice(1).reduce((total, point, number) => total + KarabakhGeodesy.distance(all[number].latlng, point.latlng), 0);
      const known = all.every((point) => point.metres !== null);
      return known ? distance(metres, Math.hypot(...all.map((point) => point.metres))) : KarabakhState.fill(words.without, { distance: distance(metres) });
    }

    /** In metres up to a kilometre, then in kilometres with one decimal, and none from a hundred; with its ±, if it has one. */
    function distance(metres, off = null) {
      const inMetres = metres < 999.5;
      const decimals = inMetres || metres >= 99_950 ? 0 : 1;
      const figure = (value) => KarabakhState.number(inMetres ? value : value / 1000, decimals, data.numbers);
      const value = off === null ? figure(metres) : `${figure(metres)} ± ${figure(off)}`;
      return KarabakhState.fill(data.units[inMetres ? "m" : "km"], { value });
    }

    function draw() {
      drawing.clearLayers();
      const style = { pane: PANE, interactive: false };
      points.slice(1).forEach(({ latlng }, number) => {
        const before = points[number].latlng;
        const leg = KarabakhGeodesy.distance(before, latlng) > LONG_M ? KarabakhGeodesy.between(before, latlng, CURVE) : [before, latlng];
        for (const className of ["measured casing", "measured"]) L.polyline(leg, { ...style, className }).addTo(drawing);
      });
      points.forEach(({ latlng, kind }) => L.circleMarker(latlng, { ...style, radius: 5, className: `measured point ${kind}` }).addTo(drawing));
    }
  }

  function element(tag, className, properties) {
    return Object.assign(document.createElement(tag), { className }, properties);
  }

  return { bind };
})();
