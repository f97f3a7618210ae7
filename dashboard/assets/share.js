/* The Share room: link, citation and code for the present view, a preview of it, and links to its pictures. */
"use strict";

window.KarabakhShare = (() => {
  const OF_A_PICTURE = ["layers", "date", "lang", "uncertainty", "ui"]; // what of a view a picture can show

  /** Returns follow(state), to be told what the map shows. */
  function bind(root) {
    const form = root.querySelector("form.share");
    if (!form) return () => {};
    const isServer = KarabakhAddress.onServer();
    const { layers, date, lang, view, size, nokey, code, link, cite } = form.elements;
    const previewed = form.querySelector(".previewed");
    const status = form.querySelector("[role=status]");
    let state = null;
    const usual = { // as KarabakhState wants it: what a query leaves out
      asOf: form.querySelector("[name=date] [data-at-first]").value,
      form: form.querySelector("[name=lang] [data-at-first]").value,
      layers: Object.fromEntries([...layers].map((box) => [box.value, { atFirst: "atFirst" in box.dataset }])),
    };

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", write);
    form.addEventListener("click", (event) => copy(event.target.closest("[data-copy]")?.dataset.copy));
    form.querySelector(".preview").addEventListener("click", preview);
    form.querySelector(".preview").hidden = location.protocol === "file:"; // a file may frame no other
    if (location.protocol === "file:") status.textContent = status.dataset.local;
    if (isServer) root.querySelectorAll("[data-page]").forEach((link) => { link.href = link.dataset.page; }); // no other host runs Python
    root.querySelectorAll("[data-server]").forEach((text) => { text.hidden = !isServer; });
    return follow;

    /** Make form and pictures say what the map shows. */
    function follow(shown) {
      const isSame = state && state.layers.join() === shown.layers.join() && state.date === shown.date && state.lang === shown.lang;
      state = shown;
      if (isSame) write(); // what was chosen here stands until the map shows something else
      else fill(shown);
      if (!isServer) return;
      const query = new URLSearchParams(KarabakhState.write(shown, usual));
      [...query.keys()].filter((key) => !OF_A_PICTURE.includes(key)).forEach((key) => query.delete(key));
      if (document.documentElement.lang !== "en") query.set("ui", document.documentElement.lang);
      root.querySelectorAll("[data-picture]").forEach((picture) => { picture.search = KarabakhState.readable(query); });
    }

    function fill(shown) {
      for (const box of layers) box.checked = shown.layers.includes(box.value);
      date.value = shown.date;
      if (date.selectedIndex < 0) date.value = usual.asOf; // a day within the last step
      lang.value = shown.lang;
      write();
    }

    /** The form's choices as a query, for the reader or for a map in another page. */
    function query() {
      return KarabakhState.write({
        ...state,
        layers: [...layers].filter((box) => box.checked).map((box) => box.value),
        date: date.value,
        lang: lang.value,
        view: view.checked ? state.view : null,
        room: null,
      }, usual);
    }

    function write() {
      link.value = address(root, "", query());
      code.value = frame().outerHTML;
      const day = date.value === usual.asOf ? cite.dataset.day : date.selectedOptions[0].text;
      cite.value = KarabakhState.fill(cite.dataset.cited, { as_of: day, address: link.value, accessed: today() });
      if (!previewed.hidden) preview();
    }

    function today() {
      const now = new Date();
      return KarabakhState.fill(JSON.parse(cite.dataset.dates)[now.getMonth()], { day: now.getDate(), year: now.getFullYear() });
    }

    /** The frame for another page; a claim, a correction and their rooms mean nothing there. */
    function frame() {
      const asked = new URLSearchParams(query());
      asked.delete("claim");
      asked.delete("correction");
      if (nokey.checked) asked.set("key", "0");
      const [width, height] = size.value.split(" × ");
      const title = KarabakhState.fill(code.dataset.title, { day: date.selectedOptions[0].text });
      const src = address(root, root.dataset.map, KarabakhState.readable(asked));
      const element = document.createElement("iframe");
      for (const [name, value] of Object.entries({ src, width, height, title, loading: "lazy", allow: "fullscreen", style: "border:0" })) element.setAttribute(name, value);
      return element;
    }

    /** The map as another page would show it, made smaller if there is not so much room here. */
    function preview() {
      const shown = frame();
      previewed.hidden = false;
      const width = shown.width.endsWith("%") ? previewed.clientWidth : Number(shown.width);
      const scale = Math.min(1, previewed.clientWidth / width);
      Object.assign(shown.style, { width: `${width}px`, height: `${shown.height}px`, transform: `scale(${scale})` });
      shown.removeAttribute("loading");
      previewed.style.height = `${shown.height * scale}px`;
      previewed.replaceChildren(shown);
    }

    async function copy(name) {
      if (!name) return;
      form.elements[name].select();
      try {
        await navigator.clipboard.writeText(form.elements[name].value);
        status.textContent = status.dataset.copied;
      } catch {
        status.textContent = status.dataset.blocked;
      }
    }
  }

  function onServer() {
    return location.pathname.endsWith("/reader"); // there the page is `/`, and pictures are drawn of any view
  }

  /** The whole address of a page of ours with a query, as others can use it; it names the version of the data. */
  function address(root, page, query) {
    const base = new URL(root.dataset.base || (KarabakhAddress.onServer() ? "./" : ""), location.href);
    const url = new URL(page, base);
    url.search = [query.replace(/^\?/, ""), `v=${root.dataset.version}`].filter(Boolean).join("&");
    return url.href.replaceAll("%2C", ",");
  }

  return { bind, address };
})();
