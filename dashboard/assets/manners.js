/* How the map behaves where it stands: it waits for a size of its own, tells the style sheet how much of the page it
   takes, and in somebody else's page leaves wheel and finger to that page. */
"use strict";

window.KarabakhManners = (() => {
  const SMALLEST = 40; // px: a frame that is smaller is not yet shown
  const HINT_MS = 1500;

  /** Call `begin` once the map has a size; a map made at no size would stay wrong. */
  function whenSized(map, begin) {
    const container = map.getContainer();
    const isSized = () => container.clientWidth >= SMALLEST && container.clientHeight >= SMALLEST;
    if (isSized()) {
      begin();
      return;
    }
    document.documentElement.dataset.waiting = "yes";
    const watch = new ResizeObserver(() => {
      if (!isSized()) return;
      watch.disconnect();
      delete document.documentElement.dataset.waiting;
      map.invalidateSize({ animate: false, pan: false });
      begin();
    });
    watch.observe(container);
  }

  /** Keep `--bar` (the height of the bar) and `--stuck` (of what stays on top while the page scrolls) up to date. */
  function measure() {
    const root = document.documentElement.style;
    const [bar, side] = [document.getElementById("bar"), document.querySelector(".map-side")];
    const update = () => {
      const above = document.getElementById("map-frame").offsetTop;
      root.setProperty("--bar", `${above}px`);
      root.setProperty("--stuck", `${side.offsetHeight - above}px`);
    };
    update();
    const watch = new ResizeObserver(update);
    watch.observe(bar);
    watch.observe(side);
  }

  /** In a page of another origin the wheel zooms with Ctrl or ⌘, one finger scrolls the page, two move the map. */
  function giveWay(map, sentences, isForeign) {
    document.documentElement.classList.toggle("framed", window.parent !== window);
    if (!isForeign) return;
    const frame = document.getElementById("map-frame");
    const hint = L.DomUtil.create("p", "hint", frame);
    hint.hidden = true;
    let waiting = null;
    const say = (text) => {
      Object.assign(hint, { textContent: text, hidden: false });
      clearTimeout(waiting);
      waiting = setTimeout(() => { hint.hidden = true; }, HINT_MS);
    };
    frame.addEventListener("wheel", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.stopPropagation();
      say(sentences.wheel);
    }, { capture: true });
    if (!matchMedia("(pointer: coarse)").matches) return;
    map.dragging.disable();
    frame.addEventListener("touchmove", (event) => { if (event.touches.length === 1) say(sentences.fingers); }, { passive: true });
  }

  return { whenSized, measure, giveWay };
})();
