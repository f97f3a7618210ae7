/* Brings a passage or claim to where it can be read: into the room where that scrolls by itself, else, where the page
   scrolls under a map that stays, below the tabs and above the reading bar. */
"use strict";

window.KarabakhScroll = (() => {
  const CLEAR = 8; // pixels between what is read and the edges
  const OURS_MS = 300; // for so long a scroll is the echo of our own
  const AGAIN_MS = [60, 400]; // when to look again: what is stuck may not have had its height, or has changed it

  function bind(root) {
    const tabs = root.querySelector("[role=tablist]");
    const bar = root.querySelector(".reading-bar");
    const left = new Map(); // how far down each room was read when the reader left it
    let brought = -Infinity;
    let waiting = [];
    for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) window.addEventListener(type, letBe, { passive: true });
    return { bring, turn, isOurs, isInRoom, line };

    /** Between which heights of the window an element is read, once the tabs are stuck as far up as they go. */
    function frame(element) {
      const room = element.closest(".room");
      const below = room.contains(bar) ? bar.offsetHeight : 0;
      if (isInRoom(element)) {
        const { top, bottom } = room.getBoundingClientRect();
        return { scroller: room, top, bottom: bottom - below };
      }
      return { scroller: window, top: stuck() + tabs.offsetHeight, bottom: innerHeight - below };
    }

    /** Tell whether the element's room scrolls by itself, and the page stays where it is. */
    function isInRoom(element) {
      return /auto|scroll/.test(getComputedStyle(element.closest(".room")).overflowY);
    }

    /** Bring an element into sight and keep it there until the layout has settled or the reader does something. */
    function bring(element) {
      letBe();
      place(element);
      waiting = AGAIN_MS.map((delay) => setTimeout(place, delay, element));
    }

    function letBe() {
      waiting.forEach(clearTimeout);
    }

    /** Scroll so far that all of the element is in sight, or as much of it as there is room for. */
    function place(element) {
      const { top: edge, bottom: end, scroller } = frame(element);
      const { top, bottom, height } = element.getBoundingClientRect();
      const covered = scroller === window ? Math.max(edge, tabs.getBoundingClientRect().bottom) : edge;
      if (top >= covered && bottom <= end) return;
      const space = end - edge;
      const above = Math.max(CLEAR, Math.min(space / 4, space - height - CLEAR));
      brought = performance.now();
      scroller.scrollBy({ top: top - edge - above, behavior: "instant" });
    }

    /** From one room to another (`swap` does it): where the page scrolls, back to where that one was read, or its top. */
    function turn(from, to, swap) {
      const start = beyond();
      left.set(from, start);
      swap();
      if (start >= 0 || isInRoom(root.querySelector(`#room-${to}`))) return;
      brought = performance.now();
      window.scrollBy({ top: beyond() - Math.min(0, left.get(to) ?? 0), behavior: "instant" });
    }

    /** How far the rooms' top lies below where it gets stuck; negative once the page has scrolled past. */
    function beyond() {
      return root.getBoundingClientRect().top - stuck();
    }

    function stuck() {
      return parseFloat(getComputedStyle(tabs).top) || 0;
    }

    /** Tell whether the page or room has just been scrolled by us and not by the reader. */
    function isOurs() {
      return performance.now() - brought < OURS_MS;
    }

    /** The height of the window at which somebody reads who scrolls through a room. */
    function line(element) {
      const { top, bottom } = frame(element);
      return top + (bottom - top) / 3;
    }
  }

  return { bind };
})();
