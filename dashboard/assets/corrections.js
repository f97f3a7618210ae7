/* The corrections in About, each with an address of its own. */
"use strict";

window.KarabakhCorrections = (() => {
  /** Returns follow(state), to be told what the address names: that correction is opened, once. */
  function bind(root, scroll) {
    let current = null;
    return (state) => {
      const id = state.correction || null;
      if (id === current) return;
      current = id;
      const entry = id && root.querySelector(`#correction-${CSS.escape(id)}`);
      if (!entry) return;
      root.querySelector("#corrections").open = true;
      entry.open = true;
      scroll.bring(entry);
    };
  }

  return { bind };
})();
