// Click a layer's switch as a reader would, and time it to the paint that shows the change.
// Returns {ms, clicked, painted, changed}; the two times are milliseconds since 1970.
async (id) => {
  const drawn = () => document.querySelectorAll(`.leaflet-pane path.feature.${id}`).length;
  const now = () => performance.timeOrigin + performance.now();
  const before = drawn();
  const clicked = now();
  document.querySelector(`input[role=switch][value="${id}"]`).click();
  await new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null); // a task right after the frame is painted
  }));
  const painted = now();
  return { ms: painted - clicked, clicked, painted, changed: before !== drawn() };
}
