// Click the checkbox of a layer, and time it to the paint in which streamlit-folium's map has changed. Returns ms.
async (layer) => {
  const map = document.querySelector("iframe[title*=folium]");
  const drawn = () => map.contentDocument.querySelectorAll(".leaflet-interactive").length;
  const before = drawn();
  const box = [...document.querySelectorAll("[data-testid=stCheckbox] label")].find((label) => label.textContent.trim() === layer);
  const start = performance.now();
  box.click();
  while (drawn() === before || drawn() === 0) await new Promise((done) => requestAnimationFrame(done));
  await new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null); // a task right after the frame is painted
  }));
  return performance.now() - start;
}
