// In the reader's document: all that is seen, chosen and drawn there, as one text.
() => {
  const PARTS = `html, body, path, input, select, button, details, [role], [hidden], .passage, .label, #notices *, #sheet *`;
  const PASSING = ".label[hidden], .pulse";
  const OF_NO_ACCOUNT = ["tabindex", "data-side", "style"]; // where arrow keys begin; on which side a name stood that is gone
  const shells = [...document.querySelectorAll(PARTS)].filter((each) => !each.matches(PASSING)).map((each) => {
    const kept = [...each.attributes].filter(({ name }) => each.matches(".label") || !OF_NO_ACCOUNT.includes(name));
    const said = kept.map(({ name, value }) => `${name}=${value}`).sort().join(" ");
    return `${each.tagName} ${said} ${each.value} ${each.checked} ${each.scrollTop}`;
  });
  document.getElementById("said").textContent = ""; // of the last choice
  const around = [parent.location.href, innerWidth, innerHeight, scrollY, parent.document.getElementById("reader")?.className];
  return [...around, document.activeElement.id, document.body.innerText, ...shells.sort()].join("\n");
}
