/* Streamlit's page around the reader: it makes the frame, keeps the address at what that shows, and passes on
   Back, Forward and the colour scheme. Stands in one module behind address.js. */
export default function bridge({ parentElement }) {
  const home = parentElement.querySelector(".reader-frame");
  const say = (message) => home.frame.contentWindow?.postMessage({ source: "karabakh-page", ...message }, location.origin);
  if (!home.frame) {
    home.frame = document.createElement("iframe");
    Object.assign(home.frame, { title: "The article and its map", allow: "fullscreen; clipboard-write", src: `reader${location.search}` });
    home.frame.addEventListener("load", () => say({ theme: theme(parentElement) }));
    home.append(home.frame);
  }
  const heard = (event) => {
    if (event.origin !== location.origin || event.source !== home.frame.contentWindow) return;
    if (event.data?.source !== "karabakh-map") return;
    KarabakhAddress.write(event.data.query, !home.opened);
    home.opened = true;
  };
  const back = () => say({ query: location.search.slice(1), back: true });
  window.addEventListener("message", heard);
  window.addEventListener("popstate", back);
  say({ theme: theme(parentElement) });
  return () => {
    window.removeEventListener("message", heard);
    window.removeEventListener("popstate", back);
  };
}

/** Streamlit's own light or dark, which a reader may have chosen against the system's. */
function theme(parentElement) {
  const host = parentElement.host || parentElement;
  const colour = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const [red, green, blue] = (colour.match(/[0-9a-f]{2}/gi) || ["ff", "ff", "ff"]).map((hex) => parseInt(hex, 16));
  return red + green + blue < 384 ? "dark" : "light";
}
