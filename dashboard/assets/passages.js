/* The article's passages: the chosen one and those about a chosen place are marked, read one after the other by
   buttons, by j and k, or, if the reader wants that, by scrolling. */
"use strict";

window.KarabakhPassages = (() => {
  const REST_MS = 150; // a scroll has come to rest

  function bind(root, map, scroll) {
    const room = root.querySelector("#room-article");
    const passages = [...room.querySelectorAll(".passage")];
    const note = room.querySelector(".passage-note");
    const counter = room.querySelector(".at");
    const steps = [...room.querySelectorAll("[data-step]")];
    const following = room.querySelector(".follow-scroll");
    const none = counter.textContent;
    let chosen = null; // the id of the quote chosen last, here or by a link
    let told = null; // the feature or layer whose passages are marked
    let hasFollowed = false;
    let resting = ""; // what the note says while no passage is pointed at

    steps.forEach((button) => button.addEventListener("click", () => step(Number(button.dataset.step))));
    document.addEventListener("keydown", pressed);
    root.querySelector(".single-keys").addEventListener("change", ({ target }) => {
      document.documentElement.dataset.singleKeys = target.checked ? "on" : "off";
    });
    following.addEventListener("click", () => {
      following.setAttribute("aria-pressed", String(following.getAttribute("aria-pressed") !== "true"));
      scrolled();
    });
    for (const scroller of [room, window]) scroller.addEventListener("scroll", scrolled, { passive: true });
    mark();

    function passage(quote) {
      return passages.find((each) => each.dataset.quote === quote);
    }

    function idsOf(text) {
      return (text || "").split(" ").filter(Boolean);
    }

    /** Choose a passage, or with `about` what else speaks of places by its words. A passage leads to its first place. */
    function choose(quote, about, isPassing = false) {
      chosen = quote;
      told = null;
      mark();
      const ids = idsOf(about ?? passage(quote)?.dataset.about);
      map.choose(quote, ids, about === undefined ? ids.slice(0, 1) : ids, isPassing);
    }

    function toggle(quote) {
      choose(quote === chosen ? null : quote);
      if (chosen) scroll.bring(passage(quote));
    }

    /** Choose a passage, bring it into sight and the keyboard to it. */
    function read(quote) {
      choose(quote);
      scroll.bring(passage(quote));
      passage(quote).focus({ preventScroll: true });
    }

    /** The passage that many further on; with none chosen, the first or last one from where the reader is. */
    function step(by, isKey = false) {
      const at = passages.indexOf(passage(chosen));
      const here = passages.findIndex((each) => each.getBoundingClientRect().bottom > scroll.line(each));
      const next = passages[at >= 0 ? at + by : Math.max(here, 0)];
      if (!next) return;
      if (isKey) read(next.dataset.quote);
      else toggle(next.dataset.quote); // the button keeps the keyboard, to be pressed again
    }

    function pressed(event) {
      const by = { j: 1, k: -1 }[event.key];
      const isTyped = event.target.closest?.("input, select, textarea, [contenteditable]");
      if (!by || isTyped || event.ctrlKey || event.metaKey || event.altKey || room.hidden) return;
      if (document.documentElement.dataset.singleKeys === "off") return;
      event.preventDefault();
      step(by, true);
    }

    function scrolled() {
      clearTimeout(scrolled.waiting);
      if (following.getAttribute("aria-pressed") !== "true" || room.hidden || scroll.isOurs()) return;
      scrolled.waiting = setTimeout(() => {
        const here = passages.find((each) => each.getBoundingClientRect().bottom > scroll.line(each));
        if (here && here.dataset.quote !== chosen) choose(here.dataset.quote, undefined, true);
      }, REST_MS);
    }

    /** Mark the chosen passage, or those about some ids, and return how many those are. */
    function mark(about = []) {
      let count = 0;
      for (const each of passages) {
        const speaks = idsOf(each.dataset.about).some((id) => about.includes(id));
        count += Number(speaks);
        each.classList.toggle("about-feature", speaks);
        if (each.dataset.quote === chosen) each.setAttribute("aria-current", "true");
        else each.removeAttribute("aria-current");
      }
      const at = passages.indexOf(passage(chosen));
      counter.textContent = at < 0 ? none : KarabakhState.fill(counter.dataset.at, { at: at + 1, all: passages.length });
      steps.forEach((button) => button.setAttribute("aria-disabled", String(at >= 0 && !passages[at + Number(button.dataset.step)])));
      rest(passage(chosen)?.dataset.note);
      return count;
    }

    function rest(text) {
      resting = text || "";
      say("");
    }

    /** Say something of what is pointed at; nothing brings back what was said of the choice. */
    function say(text) {
      note.textContent = text || resting;
      note.removeAttribute("tabindex");
      if (note.scrollHeight > note.clientHeight + 1) note.tabIndex = 0; // so that the keyboard can scroll it
    }

    /** The map shows another passage, feature or layer. `isOpen` tells whether the reader is in the article. */
    function follow(state, isOpen) {
      const isFirst = !hasFollowed; // what an address asks for, no choice of the reader
      hasFollowed = true;
      const quote = state.quote || null;
      const about = quote ? null : state.feature || state.layer || null;
      if (quote === chosen && about === told) return;
      chosen = quote;
      told = about;
      if (!about) {
        mark();
        if (chosen && isOpen && passage(chosen)) {
          scroll.bring(passage(chosen));
          if (!isFirst && document.activeElement === document.body) passage(chosen).focus({ preventScroll: true }); // else it is nowhere
        }
        return;
      }
      const count = mark([about]);
      if (count) rest(KarabakhState.counted(JSON.parse(note.dataset.counted), count));
      else if (mark([layerOf(state)])) rest(note.dataset.layer);
      const first = passages.find((each) => each.classList.contains("about-feature"));
      if (first && isOpen && scroll.isInRoom(first)) scroll.bring(first);
    }

    function layerOf(state) {
      return JSON.parse(document.getElementById("map-data").textContent).features[state.feature]?.layer;
    }

    return { choose, toggle, read, has: (quote) => Boolean(passage(quote)), say, follow };
  }

  return { bind };
})();
