// Choose a passage and wait until the map marks its features and has painted. Returns milliseconds.
async (quote) => {
  const passage = document.querySelector(`#passage-${quote}`);
  const marked = () => [...document.querySelectorAll(".mark.chosen:not(.casing-of)")].map((path) => path.dataset.of).join();
  if (passage.getAttribute("aria-current") === "true") passage.click();
  document.querySelector("#passage-war-44-days").click(); // speaks of nothing: no feature is marked
  while (marked()) await new Promise((done) => setTimeout(done, 5));
  const start = performance.now();
  passage.click();
  while (!marked()) await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - start;
}
