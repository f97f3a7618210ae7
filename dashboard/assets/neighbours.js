/* Messages to and from the host page: the dashboard around the frame, the reading room in the same document, or
   neither; then the address bar holds the state. */
"use strict";

window.KarabakhNeighbours = (() => {
  /** `obey(wish)` does what a neighbour asks for; `retell()` says the present state again. Returns tell(state, query, n). */
  function bind(obey, retell) {
    const room = document.querySelector(".reading");
    if (room) return besideRoom(room, obey);
    return window.parent === window ? (state, query) => KarabakhAddress.write(query, true) : inFrame(obey, retell);
  }

  /** The page around the frame, and nobody else, may ask; it must be of our origin. */
  function inFrame(obey, retell) {
    let page = null; // the page around us, once it has said that it is ours
    window.addEventListener("message", (event) => {
      if (event.origin !== location.origin || event.source !== window.parent || event.data?.source !== "karabakh-page") return;
      if (!page) {
        page = event.source;
        retell();
      }
      obey(event.data);
    });
    return (state, query, n) => page?.postMessage({ source: "karabakh-map", state, query, n }, location.origin);
  }

  function besideRoom(root, obey) {
    let opened = false;
    let sent = 0; // how many choices the reading room has made; what the map says of earlier ones is old
    const room = KarabakhReading.bind(root, {
      point: (ids) => obey({ point: ids }),
      choose: (quote, ids, fit) => obey({ quote, ids, fit, n: ++sent }),
      date: (date) => obey({ date, n: ++sent }),
    });
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      root.querySelector("[role=tab][aria-selected=true]").focus();
    });
    window.addEventListener("popstate", () => obey({ query: location.search.slice(1), back: true }));
    return (state, query, n) => {
      if (n < sent) return;
      KarabakhAddress.write(query, !opened);
      opened = true;
      room.follow(state);
    };
  }

  return { bind };
})();
