// Before a document's own scripts: note its largest contentful paint, its layout shifts, and when its map is ready.
(() => {
  const vitals = { lcp: 0, cls: 0, ready: null, origin: performance.timeOrigin };
  window.vitals = vitals;
  new PerformanceObserver((list) => { vitals.lcp = list.getEntries().at(-1).startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) vitals.cls += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new MutationObserver(() => { if (document.documentElement.dataset.ready) vitals.ready ??= performance.now(); }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
})();
