/* The rooms beside the map: which one is open, and what they and the map tell one another. Knows nothing of how the
   map is reached: it is handed `map` with point(ids), choose(quote, ids, fit, isPassing), date(iso), show({room, claim}), and is
   told what the map shows by follow(state). */
"use strict";

window.KarabakhReading = (() => {
  const FIRST = "article"; // the room that an address need not name

  function bind(root, map) {
    const show = (wish) => map.show?.(wish);
    const scroll = KarabakhScroll.bind(root);
    const tabs = KarabakhTabs.bind(root, scroll, (room) => { at = room; show({ room: named(room), claim: null }); });
    const passages = KarabakhPassages.bind(root, map, scroll);
    const claims = KarabakhClaims.bind(root, map, scroll, enter);
    const corrections = KarabakhCorrections.bind(root, scroll);
    const timeline = KarabakhTimeline.bind(root, map);
    const inWords = KarabakhInWords.bind(root, map);
    const share = KarabakhShare.bind(root);
    let at = FIRST; // the room that the address names, as far as is known here

    root.addEventListener("click", clicked);
    for (const [type, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
      root.addEventListener(type, (event) => point(event.target.closest("[data-about]"), on));
    }

    function named(room) {
      return room === FIRST ? null : room;
    }

    /** Open a room because of a choice made in another, and say so. */
    function enter(room, claim = null) {
      at = room;
      tabs.open(room);
      show({ room: named(room), claim });
    }

    function clicked(event) {
      const link = event.target.closest("a[data-quote]");
      const summary = event.target.closest("details[data-quote] > summary");
      if (link && !(event.metaKey || event.ctrlKey || event.shiftKey)) {
        event.preventDefault();
        if (link.classList.contains("passage")) {
          passages.toggle(link.dataset.quote);
        } else if (passages.has(link.dataset.quote)) {
          enter(FIRST);
          passages.read(link.dataset.quote);
        }
      } else if (summary && !summary.parentElement.open) {
        const { quote, about, claim } = summary.parentElement.dataset;
        if (claim) claims.opened(claim);
        passages.choose(quote, about);
      } else if (summary) {
        claims.closed(summary.parentElement.dataset.claim);
      }
    }

    function point(element, on) {
      if (!element) return;
      map.point(on ? element.dataset.about.split(" ").filter(Boolean) : []);
      passages.say((on && element.dataset.note) || "");
    }

    /** The map shows something else: follow it, unless it only echoes what was chosen here. */
    function follow(state) {
      share(state);
      timeline.follow(state);
      inWords(state);
      const room = state.room || (state.claim ? "claims" : FIRST);
      if (room !== at && state.room !== undefined) {
        at = room;
        tabs.open(room);
      }
      claims.follow(state);
      corrections(state);
      passages.follow(state, at === FIRST && tabs.current() === FIRST);
    }

    return { follow };
  }

  return { bind };
})();
