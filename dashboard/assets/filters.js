/* Buttons that keep some entries of a list in sight: those of any pressed button, or with none pressed all. */
"use strict";

window.KarabakhFilters = (() => {
  /** Entries name in data-kept-by the filters that keep them. Returns press(filters), to press just these. */
  function bind(room, after = () => {}) {
    const buttons = [...room.querySelectorAll("[data-filter]")];
    const entries = [...room.querySelectorAll("[data-kept-by]")];
    const status = room.querySelector(".filters [role=status]");
    buttons.forEach((button) => button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!isPressed(button)));
      sift();
    }));
    return { press };

    function isPressed(button) {
      return button.getAttribute("aria-pressed") === "true";
    }

    function press(filters) {
      buttons.forEach((button) => button.setAttribute("aria-pressed", String(filters.includes(button.dataset.filter))));
      sift();
    }

    function sift() {
      const pressed = buttons.filter(isPressed).map((button) => button.dataset.filter);
      for (const entry of entries) {
        entry.hidden = pressed.length > 0 && !entry.dataset.keptBy.split(" ").some((one) => pressed.includes(one));
      }
      const shown = entries.filter((entry) => !entry.hidden).length;
      status.textContent = pressed.length ? KarabakhState.fill(status.dataset.shown, { shown, all: entries.length }) : "";
      after(pressed.length > 0);
    }
  }

  return { bind };
})();
