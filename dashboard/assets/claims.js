/* The claims: filtered by their verdict, each with an address of its own. */
"use strict";

window.KarabakhClaims = (() => {
  /** `enter(room, claim)` opens a room and says so. */
  function bind(root, map, scroll, enter) {
    const room = root.querySelector("#room-claims");
    const filters = KarabakhFilters.bind(room);
    let current = null; // the id of the claim that the address names
    root.querySelectorAll("[data-verdict]").forEach((button) => button.addEventListener("click", () => {
      enter("claims");
      filters.press([button.dataset.verdict].filter(Boolean));
      root.querySelector("#tab-claims").focus({ preventScroll: true });
    }));
    root.addEventListener("click", link);
    return { opened, closed, follow };

    function claim(id) {
      return root.querySelector(`#claim-${CSS.escape(id)}`);
    }

    /** The reader opens a claim: from now on the address names it. */
    function opened(id) {
      current = id;
      mark();
      map.show?.({ room: "claims", claim: id });
    }

    function closed(id) {
      if (!id || id !== current) return;
      current = null;
      mark();
      map.show?.({ room: "claims", claim: null });
    }

    function mark() {
      for (const each of room.querySelectorAll(".claim")) {
        if (each.dataset.claim === current) each.setAttribute("aria-current", "true");
        else each.removeAttribute("aria-current");
      }
    }

    /** An address, or Back, names another claim: open it, and show its places unless the map does so already. */
    function follow(state) {
      const id = state.claim || null;
      if (id === current) return;
      current = id;
      mark();
      const entry = id && claim(id);
      if (!entry) return;
      if (entry.hidden) filters.press([]);
      entry.open = true;
      scroll.bring(entry);
      const { quote, about } = entry.dataset;
      if (!state.quote) map.choose(quote, about.split(" "), about.split(" "));
    }

    /** The link to a claim or a correction is copied; it is there to be seen and followed as well. */
    async function link(event) {
      const anchor = event.target.closest(".permalink a[href^='?']");
      if (!anchor || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      const address = KarabakhShare.address(root, "", anchor.search);
      const status = anchor.parentElement.querySelector("[role=status]");
      try {
        await navigator.clipboard.writeText(address);
        status.textContent = status.dataset.copied;
      } catch {
        status.textContent = address;
      }
    }
  }

  return { bind };
})();
