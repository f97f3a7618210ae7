/* Holds the map document in the page and carries small messages both ways: ids, a date, a view; no geometry. */
export default function bridge({ data, parentElement, setStateValue }) {
  let frame = parentElement.querySelector("iframe");
  const say = (message) => frame.contentWindow?.postMessage({ source: "karabakh-page", ...message }, location.origin);
  if (!frame) {
    frame = document.createElement("iframe");
    frame.title = "Map of Upper Karabakh, December 2020";
    frame.allow = "fullscreen";
    frame.src = data.src;
    frame.addEventListener("load", () => say({ theme: theme(parentElement) })); // the document answers with its state
    parentElement.querySelector(".map-frame").append(frame);
    frame.told = data.command?.n;
  }

  const heard = (event) => {
    if (event.origin !== location.origin || event.source !== frame.contentWindow) return;
    if (event.data?.source !== "karabakh-map") return;
    writeAddress(event.data.query);
    setStateValue("map", event.data.state);
  };
  window.addEventListener("message", heard);

  if (data.command && data.command.n !== frame.told) {
    frame.told = data.command.n;
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

/** A new entry to go back to for each choice; moving the map only changes the entry that is there. */
function writeAddress(query) {
  const [now, then] = [new URLSearchParams(location.search), new URLSearchParams(query)];
  if (now.toString() === then.toString()) return;
  const address = query ? `?${query}` : location.pathname;
  now.delete("view");
  then.delete("view");
  if (now.toString() === then.toString()) history.replaceState(history.state, "", address);
  else history.pushState(history.state, "", address);
}

/** Streamlit's own light or dark, which a reader may have chosen against the system's. */
function theme(parentElement) {
  const host = parentElement.host || parentElement;
  const colour = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const [red, green, blue] = (colour.match(/[0-9a-f]{2}/gi) || ["ff", "ff", "ff"]).map((hex) => parseInt(hex, 16));
  return red + green + blue < 384 ? "dark" : "light";
}
