// Click the checkbox of a layer, and time it to the paint in which streamlit-folium's map has changed. Returns ms.
async (layer) => {
  const drawn = () => { // the frame may be made anew
    const map = document.querySelector("iframe[title*=folium]");
    return map?.contentDocument?.querySelectorAll(".leaflet-interactive").length ?? 0;
  };
  const before = drawn();
  const box = [...document.querySelectorAll("[data-testid=stCheckbox] label")].find((label) => label.textContent.trim() === layer);
  const start = performance.now();
  box.querySelector("input").click();
  while (drawn() === before || drawn() === 0) {
    if (performance.now() - start > 10_000) throw new Error(`nothing changes with ${layer}: ${before} drawn, ${box.textContent}`);
    await new Promise((done) => requestAnimationFrame(done));
  }
  await new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null); // a task right after the frame is painted
  }));
  return performance.now() - start;
}
