/* The timeline: filtered by who is cited; the days of the map can be shown, and the one that is shown is marked. */
"use strict";

window.KarabakhTimeline = (() => {
  /** Returns follow(state), to be told what the map shows. */
  function bind(root, map) {
    const room = root.querySelector("#room-timeline");
    const boxes = [...room.querySelectorAll(".day")];
    const dates = [...room.querySelectorAll("li.date")];
    KarabakhFilters.bind(room, sifted);
    room.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-date]");
      if (button) map.date(button.dataset.date);
    });
    return { follow };

    /** While entries are filtered, days without any are out of sight, and so is what the map shows. */
    function sifted(isFiltered) {
      boxes.forEach((box) => { box.hidden = isFiltered; });
      dates.forEach((date) => { date.hidden = isFiltered && !date.querySelector("[data-kept-by]:not([hidden])"); });
    }

    function follow({ date }) {
      for (const box of boxes) {
        if (box.dataset.step === date) box.setAttribute("aria-current", "date");
        else box.removeAttribute("aria-current");
      }
    }
  }

  return { bind };
})();
