/* Streamlit's page around the reader's frame. It starts Streamlit when the reader is there, keeps the address at what
   the reader shows, leads it along with Back and Forward, and says what does not work. It waits for nothing: without
   Streamlit, or a connection to it, the reader is whole. Stands in the page, behind address.js. */
"use strict";

window.KarabakhAround = (() => {
  const START_AFTER_MS = 4000; // Streamlit waits no longer for a slow reader
  const SLOW_AFTER_MS = 10_000;
  const PING_EVERY_MS = 5000; // while the connection is lost: is it the server, or only the websocket?
  const PICTURES = "make-a-picture";
  const OF_A_PICTURE = ["layers", "date", "compare", "lang", "uncertainty", "ui"]; // what of a view a picture can show
  const home = new URL("./", location.href); // the reader's own address; other pages lie beside it
  const frame = document.getElementById("reader");
  const line = (id) => document.getElementById(id);
  let shown = !frame.classList.contains("away");
  let query = location.search.slice(1); // what the reader was asked to show, or last said that it shows
  let runAgain = null; // have Streamlit run the page
  let opened = false; // the reader has told of itself; what it tells from now on are choices

  frame.addEventListener("load", loaded);
  window.addEventListener("message", heard);
  window.addEventListener("popstate", back);
  setTimeout(start, shown ? START_AFTER_MS : 0);
  setTimeout(() => { line("slow").hidden = !shown || isThere(); }, SLOW_AFTER_MS);
  watchConnection();
  return { show };

  function loaded() {
    if (!frame.src) return; // the blank frame that waits on another page
    line("slow").hidden = true;
    frame.hidden = !isThere();
    line("without-reader").hidden = isThere();
    (window.requestIdleCallback || setTimeout)(start);
  }

  /** Tell whether the frame holds our document, be it the list of faults: no error page of browser or proxy. */
  function isThere() {
    try {
      return Boolean(frame.contentDocument?.querySelector("#map-data, .faults"));
    } catch {
      return false; // a document of another origin
    }
  }

  /** Let Streamlit's scripts run: what its page loads was put aside in a template. */
  function start() {
    const aside = document.getElementById("streamlit");
    if (!aside) return;
    window.__streamlit = { BACKEND_BASE_URL: home.href }; // else it looks for its server below each page's address first
    document.head.append(document.importNode(aside.content, true));
    aside.remove();
  }

  function isHome() {
    return location.pathname === home.pathname;
  }

  function say(message) {
    frame.contentWindow?.postMessage({ source: "karabakh-page", ...message }, location.origin);
  }

  function heard(event) {
    if (event.origin !== location.origin || event.source !== frame.contentWindow || event.data?.source !== "karabakh-map") return;
    if ("language" in event.data) {
      location.assign(`?${event.data.language}`);
      return;
    }
    query = event.data.query;
    if (isHome()) KarabakhAddress.write(query, !opened || event.data.isPassing);
    opened = true;
  }

  function back() {
    if (!isHome()) return;
    query = location.search.slice(1);
    say({ query, back: true });
  }

  /** Show the reader, or put it away while another page is shown; it is never loaded anew. */
  function show(wanted, run) {
    runAgain = run;
    frame.classList.toggle("away", !wanted);
    if (wanted === shown) return;
    shown = wanted;
    if (!wanted) {
      takeAlong(run);
      return;
    }
    const asked = location.search.slice(1);
    if (!frame.src) frame.src = new URL(`reader${location.search}`, home);
    else if (!asked) KarabakhAddress.write(query, true);
    else if (asked !== query) say({ query: asked, back: true });
  }

  /** The page that makes pictures begins with what the reader shows, unless its own address asks for something. */
  function takeAlong(run) {
    if (location.search || !location.pathname.endsWith(`/${PICTURES}`)) return;
    const asked = new URLSearchParams(query);
    [...asked.keys()].filter((key) => !OF_A_PICTURE.includes(key)).forEach((key) => asked.delete(key));
    if (!asked.size) return;
    KarabakhAddress.write(asked.toString().replaceAll("%2C", ","), true);
    run();
  }

  /** Streamlit says in its page whether it is connected; if not, see whether the server answers at all. */
  function watchConnection() {
    let asking = null;
    const follow = () => {
      const state = document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState;
      const isLost = Boolean(state) && state !== "CONNECTED";
      if (isLost === Boolean(asking)) return;
      clearInterval(asking);
      asking = isLost ? setInterval(ask, PING_EVERY_MS) : null;
      if (isLost) {
        ask();
        return;
      }
      line("server-gone").hidden = true;
      if (!shown) runAgain?.(); // another replica knows nothing of the page yet, and would miss the first change
    };
    new MutationObserver(follow).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-test-connection-state"] });

    async function ask() {
      const answer = await fetch(new URL("_stcore/health", home), { cache: "no-store" }).catch(() => null);
      if (asking) line("server-gone").hidden = Boolean(answer?.ok);
    }
  }
})();
