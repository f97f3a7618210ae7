/* The reading room: tabs, passages, claims, timeline. Knows nothing of how the map is reached: it is handed `map`
   with point(ids), choose(quote, ids, fit), date(iso), and is told what the map shows by follow(state). */
"use strict";

window.KarabakhReading = (() => {
  function bind(root, map) {
    const tabs = [...root.querySelectorAll("[role=tab]")];
    const passages = [...root.querySelectorAll(".passage")];
    const note = root.querySelector(".passage-note");
    let chosen = null; // the id of the quote chosen last, here or by a link
    let feature = null;
    let resting = ""; // what the note says while no passage is pointed at
    const share = KarabakhShare.bind(root);

    tabs.forEach((tab) => tab.addEventListener("click", () => open(tab)));
    root.querySelector("[role=tablist]").addEventListener("keydown", step);
    root.addEventListener("click", clicked);
    for (const [type, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
      root.addEventListener(type, (event) => point(event.target.closest("[data-about]"), on));
    }

    function open(tab) {
      tabs.forEach((other) => {
        other.setAttribute("aria-selected", String(other === tab));
        other.tabIndex = other === tab ? 0 : -1;
        panel(other).hidden = other !== tab;
      });
    }

    function panel(tab) {
      return root.querySelector(`#${tab.getAttribute("aria-controls")}`);
    }

    /** Arrow keys, Home and End go from tab to tab, as in every tab list. */
    function step(event) {
      const at = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const tab = tabs[(to + tabs.length) % tabs.length];
      open(tab);
      tab.focus();
    }

    function clicked(event) {
      const link = event.target.closest("a[data-quote]");
      const day = event.target.closest("button[data-date]");
      const summary = event.target.closest("details[data-quote] > summary");
      if (link && !(event.metaKey || event.ctrlKey || event.shiftKey)) {
        event.preventDefault();
        const again = link.classList.contains("passage") && link.dataset.quote === chosen;
        choose(again ? null : link.dataset.quote);
        if (!link.classList.contains("passage")) read(link.dataset.quote);
      } else if (day) {
        map.date(day.dataset.date);
      } else if (summary && !summary.parentElement.open) {
        choose(summary.parentElement.dataset.quote, summary.parentElement.dataset.about);
      }
    }

    function choose(quote, about) {
      chosen = quote;
      feature = null;
      mark();
      const ids = idsOf(about ?? passage(quote)?.dataset.about);
      map.choose(quote, ids, about ? ids : ids.slice(0, 1)); // a passage's first place is the one to go to
    }

    function idsOf(text) {
      return (text || "").split(" ").filter(Boolean);
    }

    function passage(quote) {
      return passages.find((each) => each.dataset.quote === quote);
    }

    function point(element, on) {
      if (!element) return;
      map.point(on ? idsOf(element.dataset.about) : []);
      note.textContent = (on && element.dataset.note) || resting;
    }

    /** Mark the chosen passage, or those about the chosen feature. Returns the first one marked. */
    function mark(about = []) {
      for (const each of passages) {
        const speaks = idsOf(each.dataset.about).some((id) => about.includes(id));
        each.classList.toggle("about-feature", speaks);
        if (each.dataset.quote === chosen) each.setAttribute("aria-current", "true");
        else each.removeAttribute("aria-current");
      }
      rest(passage(chosen)?.dataset.note);
      return passages.find((each) => each.classList.contains("about-feature")) || passage(chosen);
    }

    function rest(text) {
      resting = text || "";
      note.textContent = resting;
    }

    /** Show a passage in the article; only the room scrolls, never the page around it. */
    function read(quote) {
      show(passage(quote));
      passage(quote)?.focus({ preventScroll: true });
    }

    function show(element) {
      if (!element) return;
      open(tabs[0]);
      const room = panel(tabs[0]);
      const offset = element.getBoundingClientRect().top - room.getBoundingClientRect().top;
      room.scrollTo({ top: room.scrollTop + offset - room.clientHeight / 4, behavior: "instant" });
    }

    /** The map shows something else: follow it, unless it only echoes what was chosen here. */
    function follow(state) {
      share(state);
      if ((state.quote || null) === chosen && (state.feature || null) === feature) return;
      chosen = state.quote || null;
      feature = state.feature || null;
      if (!feature) {
        const first = mark();
        if (tabs[0].getAttribute("aria-selected") === "true") show(chosen && first); // else the reader is elsewhere
        return;
      }
      const own = passages.some((each) => idsOf(each.dataset.about).includes(feature));
      const first = mark([own ? feature : state.layer]);
      show(first);
      const count = passages.filter((each) => each.classList.contains("about-feature")).length;
      rest(`${count} passage${count === 1 ? " speaks" : "s speak"} of ${own ? "it" : "its layer"}; marked in the article.`);
    }

    return { follow };
  }

  return { bind };
})();
