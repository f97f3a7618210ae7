/* The address bar: it says what is shown. Part of the map document, and of the bridge in front of it. */
"use strict";

window.KarabakhAddress = (() => {
  function differs(query) {
    return new URLSearchParams(location.search).toString() !== new URLSearchParams(query).toString();
  }

  /** A new entry to go back to for each choice; moving the map, or what is `atFirst`, only changes the entry there is. */
  function write(query, atFirst) {
    if (!differs(query)) return;
    const [now, then] = [new URLSearchParams(location.search), new URLSearchParams(query)];
    const address = query ? `?${query}` : location.pathname;
    now.delete("view");
    then.delete("view");
    const way = atFirst || now.toString() === then.toString() ? "replaceState" : "pushState";
    try {
      history[way](history.state, "", address);
    } catch (refused) {
      if (refused.name !== "SecurityError") throw refused; // a browser may guard the address of a file on the disk
    }
  }

  /** On the server the page is `/`, pictures are drawn of any view, and there are pages behind the reader. */
  function onServer() {
    return /\/(reader|map)$/.test(location.pathname);
  }

  return { differs, write, onServer };
})();
