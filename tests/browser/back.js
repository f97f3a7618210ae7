// In the reader's document: go to a plain address as Back does, and let go of what the address does not say.
async (path) => {
  document.querySelectorAll(".notice button, button[aria-pressed=true]").forEach((button) => button.click());
  document.querySelectorAll(".single-keys:not(:checked)").forEach((box) => box.click());
  delete document.documentElement.dataset.singleKeys; // as at first: on
  document.querySelectorAll("details[open]").forEach((part) => { part.open = false; });
  document.querySelectorAll("[type=search]").forEach((box) => { box.value = ""; box.dispatchEvent(new Event("input")); });
  dispatchEvent(new PointerEvent("pointerdown")); // nothing is brought into sight any more
  parent.history.pushState(null, "", path);
  parent.dispatchEvent(new PopStateEvent("popstate"));
  await new Promise((done) => setTimeout(done, 350)); // the map tells its neighbours of a choice after 250 ms
  document.activeElement.blur();
  for (const each of [window, ...document.querySelectorAll(".room")]) each.scrollTo(0, 0);
}
