/* Holds the map document and the reading room side by side, and carries small messages between them and
   Streamlit: ids, a date, a view; no geometry. Stands in one module behind what it uses. */
export default function bridge({ data, parentElement, setStateValue }) {
  const home = parentElement.querySelector(".side-by-side");
  const say = (message) => home.frame.contentWindow?.postMessage({ source: "karabakh-page", ...message }, location.origin);
  if (!home.frame) {
    home.frame = makeFrame(data);
    home.sent = 0; // how many choices the reading room has sent; what the map says of earlier ones is old
    home.frame.addEventListener("load", () => say({ theme: theme(parentElement) })); // the document answers with its state
    home.querySelector(".map-frame").append(home.frame);
    const map = {
      point: (ids) => say({ point: ids }),
      choose: (quote, ids, fit) => say({ quote, ids, fit, n: ++home.sent }),
      date: (date) => say({ date, n: ++home.sent }),
    };
    furnish(home, map, data.room);
    home.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      home.querySelector("[role=tab][aria-selected=true]")?.focus();
    });
  }

  const heard = (event) => {
    if (event.origin !== location.origin || event.source !== home.frame.contentWindow) return;
    if (event.data?.source !== "karabakh-map" || event.data.n < home.sent) return;
    const asOpened = !home.last && !KarabakhAddress.differs(event.data.query); // what the server knows already
    KarabakhAddress.write(event.data.query);
    home.last = event.data.state;
    home.reading?.follow(home.last);
    if (!asOpened) setStateValue("map", event.data.state);
  };
  window.addEventListener("message", heard);

  if (data.command && data.command.n !== home.frame.told) {
    home.frame.told = data.command.n;
    say({ query: data.command.query });
  }
  say({ theme: theme(parentElement) });
  const back = () => say({ query: location.search.slice(1), back: true }); // Back and Forward lead the map along
  window.addEventListener("popstate", back);
  return () => {
    window.removeEventListener("message", heard);
    window.removeEventListener("popstate", back);
  };
}

function makeFrame(data) {
  const frame = document.createElement("iframe");
  frame.title = "Map of Upper Karabakh, December 2020";
  frame.allow = "fullscreen";
  frame.src = data.src;
  frame.told = data.command?.n;
  return frame;
}

/** Fetch the reading room once; the server sends it escaped. */
async function furnish(home, map, address) {
  const room = home.querySelector(".reading-frame");
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    room.innerHTML = await answer.text();
    home.reading = KarabakhReading.bind(room.querySelector(".reading"), map);
    if (home.last) home.reading.follow(home.last);
  } catch (error) {
    room.textContent = `The article cannot be loaded (${error.message}). Load the page again to retry.`;
  }
}

/** Streamlit's own light or dark, which a reader may have chosen against the system's. */
function theme(parentElement) {
  const host = parentElement.host || parentElement;
  const colour = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const [red, green, blue] = (colour.match(/[0-9a-f]{2}/gi) || ["ff", "ff", "ff"]).map((hex) => parseInt(hex, 16));
  return red + green + blue < 384 ? "dark" : "light";
}
