/* What of the text a reader sees is cut off, or reaches out of the page where nothing scrolls. */
() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page: ${document.documentElement.scrollWidth} px wide`);
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(".leaflet-pane, .sr, svg, .brief, option")) continue; // the map; what one hears; what ends in dots
    const { left, right, width } = element.getBoundingClientRect();
    const { overflowX, display } = getComputedStyle(element);
    const isCut = display !== "inline" && overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    const isOut = width && (right > innerWidth + 1 || left < -1) && !scrolls(element);
    if (isCut || isOut) found.push(`${element.tagName} ${element.className}: ${element.textContent.trim().slice(0, 50)}`);
  }
  return found;

  function scrolls(element) {
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(around).overflowX)) return true;
    }
    return false;
  }
}
