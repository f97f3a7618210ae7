/* Fields to copy from: a label, a text that can be selected but not changed, a button, and maybe a link to a file. */
const drawn = new WeakMap();

export default function copied({ data, parentElement }) {
  const root = parentElement.querySelector(".texts");
  const told = JSON.stringify(data);
  if (drawn.get(root) === told) return;
  drawn.set(root, told);
  const status = element("p", { role: "status" });
  root.replaceChildren(...data.entries.map((entry, n) => field(entry, n, data.texts, status)), status);
}

function field(entry, n, texts, status) {
  const text = element(entry.rows > 1 ? "textarea" : "input", { id: `copied-${n}`, readonly: "", spellcheck: "false", rows: entry.rows });
  text.value = entry.text;
  const button = element("button", { type: "button", "aria-label": texts.copy_of.replace("{title}", () => entry.title) }, texts.copy);
  button.addEventListener("click", async () => {
    text.select();
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(entry.text);
      status.textContent = `${entry.title}: ${texts.copied}`;
    } catch {
      status.textContent = texts.blocked;
    }
    button.parentElement.after(status); // beside what was copied
  });
  const line = element("div");
  line.append(text, button);
  const whole = element("div", { class: "entry" });
  whole.append(element("label", { for: text.id }, entry.title), line);
  if (entry.file) whole.append(element("a", { href: entry.file, download: "" }, entry.link));
  return whole;
}

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}
