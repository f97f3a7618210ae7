/* The rooms' tabs: one room is open; arrow keys, Home and End go from tab to tab, as in every tab list. */
"use strict";

window.KarabakhTabs = (() => {
  /** `chosen(room)` is told of a reader's choice. Returns open(room) and current(), rooms by their id. */
  function bind(root, scroll, chosen) {
    const tabs = [...root.querySelectorAll("[role=tab]")];
    const rooms = tabs.map((tab) => tab.id.replace("tab-", ""));
    tabs.forEach((tab, number) => tab.addEventListener("click", () => choose(number)));
    root.querySelector("[role=tablist]").addEventListener("keydown", step);
    return { open, current };

    function open(room) {
      if (room === current()) return;
      scroll.turn(current(), room, () => tabs.forEach((tab, number) => {
        const isOpen = rooms[number] === room;
        tab.setAttribute("aria-selected", String(isOpen));
        tab.tabIndex = isOpen ? 0 : -1;
        root.querySelector(`#room-${rooms[number]}`).hidden = !isOpen;
      }));
    }

    function current() {
      return rooms[tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true")];
    }

    function choose(number) {
      if (rooms[number] === current()) return;
      open(rooms[number]);
      chosen(rooms[number]);
    }

    function step(event) {
      const at = rooms.indexOf(current());
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const number = (to + tabs.length) % tabs.length;
      choose(number);
      tabs[number].focus();
    }
  }

  return { bind };
})();
