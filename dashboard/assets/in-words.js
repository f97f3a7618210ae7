/* The map in words: all is in the room; here only what belongs to the date and the layers shown is left in sight. */
"use strict";

window.KarabakhInWords = (() => {
  /** Returns follow(state), to be told what the map shows. */
  function bind(root, map) {
    const room = root.querySelector("#room-words");
    const ofDays = [...room.querySelectorAll("[data-day]")];
    const ofLayers = [...room.querySelectorAll("[data-of]")];
    room.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-show]");
      if (button) map.show({ feature: button.dataset.show, opener: button });
    });
    return ({ date, layers }) => {
      ofDays.forEach((each) => { each.hidden = each.dataset.day !== date; });
      ofLayers.forEach((each) => { each.hidden = !layers.includes(each.dataset.of); });
    };
  }

  return { bind };
})();
