/* The bar above the map: dates, key, layers, names, basemap. Says what is shown and tells what the reader asks for. */
"use strict";

window.KarabakhBar = (() => {
  const roomy = matchMedia("(min-width: 1100px)"); // as the style sheets have it

  /** `ask`: layers(ids), drawings(ids), date(id), lang(code), ground(id), sheet(layer, opener), compare(date or null), uncertainty("1" or null, opener). */
  function bind(data, ask) {
    const bar = document.getElementById("bar");
    const switches = [...bar.querySelectorAll("[data-layer] input[role=switch]")];
    const drawings = [...bar.querySelectorAll("[data-drawing] input[role=switch]")];
    const steps = [...bar.querySelectorAll("input[name=date]")];
    const opener = bar.querySelector(".open-layers");
    const compare = bar.querySelector("#compare");
    const before = document.getElementById("before");
    const howSure = bar.querySelector("#how-sure");

    switches.forEach((box) => box.addEventListener("change", () => ask.layers(chosen(switches))));
    drawings.forEach((box) => box.addEventListener("change", () => ask.drawings(chosen(drawings))));
    if (KarabakhAddress.onServer()) bar.querySelectorAll("[data-page]").forEach((link) => Object.assign(link, { href: link.dataset.page, hidden: false }));
    steps.forEach((step) => step.addEventListener("change", () => ask.date(step.value)));
    document.getElementById("lang").addEventListener("change", (event) => ask.lang(event.target.value));
    document.getElementById("ground").addEventListener("change", (event) => ask.ground(event.target.value));
    bar.querySelectorAll(".layer-title").forEach((title) => title.addEventListener("click", () => ask.sheet(title.dataset.about, title)));
    compare.addEventListener("click", () => ask.compare(compare.getAttribute("aria-pressed") === "true" ? null : usual()));
    howSure.addEventListener("click", () => ask.uncertainty(howSure.getAttribute("aria-pressed") === "true" ? null : "1", howSure));
    before.addEventListener("change", () => ask.compare(before.value));
    opener.addEventListener("click", () => unfold(opener.getAttribute("aria-expanded") !== "true"));
    bar.querySelector(".close-layers").addEventListener("click", () => unfold(false));
    bar.querySelector(".layers").addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || opener.getAttribute("aria-expanded") !== "true") return;
      event.preventDefault();
      unfold(false);
    });

    for (const choice of document.querySelectorAll(".choice")) settle(choice, choice.parentElement);

    function chosen(boxes) {
      return boxes.filter((box) => box.checked).map((box) => box.value);
    }

    /** Where there is little room, a choice stands with the layers. */
    function settle(choice, home) {
      const place = () => (roomy.matches ? home : bar.querySelector(".layers")).append(choice);
      roomy.addEventListener("change", place);
      place();
    }

    /** On a small screen the layers stand in a sheet of their own. */
    function unfold(isOpen) {
      opener.setAttribute("aria-expanded", String(isOpen));
      if (isOpen) bar.querySelector(".close-layers").focus({ preventScroll: true });
      else if (bar.querySelector(".layers").contains(document.activeElement)) opener.focus({ preventScroll: true });
    }

    /** The date to begin a comparison with: the first, or if that is shown the last. */
    function usual() {
      const [first, last] = [steps[0].value, steps.at(-1).value];
      return steps.find((step) => step.checked)?.value === first ? last : first;
    }

    /** `statuses` are those on the map; "russian" among them if the contingent's areas are. */
    function show(state, statuses) {
      const { date } = state;
      steps.forEach((step) => { step.checked = step.value === date; });
      switches.forEach((box) => { box.checked = state.layers.includes(box.value); });
      bar.querySelectorAll("[data-day]").forEach((text) => { text.hidden = text.dataset.day !== date; });
      bar.querySelectorAll("[data-status]").forEach((item) => { item.hidden = !statuses.has(item.dataset.status); });
      bar.querySelector(".key-group").hidden = !["regained", "handed-over", "held"].some((status) => statuses.has(status));
      bar.querySelector("#key").hidden = state.key === "0" || !statuses.size;
      document.getElementById("lang").value = state.lang;
      showNamesNote(data.namesNotes[state.lang]);
      howSure.setAttribute("aria-pressed", String(Boolean(state.uncertainty)));
      showLayers(state);
      showDrawings(state.drawings);
      showComparison(state);
      document.title = data.dates[date].title;
      document.getElementById("title").textContent = data.dates[date].title;
      document.getElementById("as-of").textContent = data.dates[date].long.replace(/\.?$/, ".");
    }

    function showLayers({ date, lang, layers }) {
      for (const item of bar.querySelectorAll("li[data-layer]")) {
        const { names, from } = data.layers[item.dataset.layer];
        const isEarly = from > date;
        item.classList.toggle("early", isEarly);
        item.querySelector("label").title = isEarly ? KarabakhState.fill(data.sentences.not_yet, { date: data.dates[date].long }) : "";
        const caption = item.querySelector(".layer-title");
        caption.dataset.usual ??= caption.textContent;
        const own = lang !== "article" && names?.[lang];
        caption.textContent = own || caption.dataset.usual;
        caption.lang = own ? lang : "en";
      }
      opener.querySelector(".layer-count").textContent = KarabakhState.fill(data.sentences.layers_shown, { on: layers.length, all: switches.length });
    }

    /** The group stays open once it is; an address that names a drawing opens it. */
    function showDrawings(ids) {
      drawings.forEach((box) => { box.checked = ids.includes(box.value); });
      if (ids.length) bar.querySelector(".other-drawings").open = true;
    }

    function showNamesNote(text) {
      const note = document.getElementById("names-note");
      note.hidden = !text;
      note.textContent = text;
    }

    function showComparison({ date, compare: other }) {
      compare.setAttribute("aria-pressed", String(Boolean(other)));
      for (const option of before.options) option.disabled = option.value === date;
      if (other) before.value = other;
    }

    /** Speak one sentence; the same again is spoken again. */
    function say(text) {
      const said = document.getElementById("said");
      said.textContent = said.textContent === text ? `${text} ` : text;
    }

    function ground(id) {
      document.getElementById("ground").value = id;
    }

    return { show, say, ground };
  }

  return { bind };
})();
