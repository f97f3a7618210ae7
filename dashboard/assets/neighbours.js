/* Messages to and from what is around the map: the rooms in the same document; and the page that frames it if that
   is ours, else the address bar. */
"use strict";

window.KarabakhNeighbours = (() => {
  /** `obey(wish)` does what a neighbour asks for. Returns tell(state, query, n), and whether the page around is foreign. */
  function bind(obey) {
    const rooms = document.querySelector(".reading");
    const isFramed = window.parent !== window;
    const outside = isFramed ? pageAround(obey) : addressBar(obey, rooms);
    return { tell: rooms ? besideRooms(rooms, obey, outside) : outside, isForeign: isFramed && !isOfOurOrigin(window.parent) };
  }

  /** Choices made in the rooms can be gone back from; a map by itself, often embedded, leaves no trail. */
  function addressBar(obey, rooms) {
    let opened = false;
    window.addEventListener("popstate", () => obey({ query: location.search.slice(1), back: true }));
    return (state, query) => {
      KarabakhAddress.write(query, !opened || !rooms || state.isPassing);
      opened = true;
    };
  }

  /** The page around the frame, and nobody else, may ask; it must be of our origin. */
  function pageAround(obey) {
    const isOurs = isOfOurOrigin(window.parent);
    window.addEventListener("message", (event) => {
      if (event.origin !== location.origin || event.source !== window.parent || event.data?.source !== "karabakh-page") return;
      obey(event.data);
    });
    return (state, query) => {
      if (isOurs) window.parent.postMessage({ source: "karabakh-map", query, isPassing: state.isPassing }, location.origin);
    };
  }

  function isOfOurOrigin(other) {
    try {
      return other.location.origin === location.origin;
    } catch {
      return false; // a page of another origin does not say
    }
  }

  function besideRooms(root, obey, tell) {
    let sent = 0; // how many choices the rooms have made; what the map says of earlier ones is old
    const rooms = KarabakhReading.bind(root, {
      point: (ids) => obey({ point: ids }),
      choose: (quote, ids, fit, isPassing) => obey({ quote, ids, fit, isPassing, n: ++sent }),
      date: (date) => obey({ date, n: ++sent }),
      show: (wish) => obey({ ...wish, n: ++sent }),
    });
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      root.querySelector("[role=tab][aria-selected=true]").focus();
    });
    return (state, query, n) => {
      if (n < sent) return;
      tell(state, query);
      rooms.follow(state);
    };
  }

  /** Ask the page around for what only it can do; tells whether there is one that hears. */
  function ask(wish) {
    const isHeard = window.parent !== window && isOfOurOrigin(window.parent) && Boolean(window.parent.KarabakhAround);
    if (isHeard) window.parent.postMessage({ source: "karabakh-map", ...wish }, location.origin);
    return isHeard;
  }

  return { bind, ask };
})();
