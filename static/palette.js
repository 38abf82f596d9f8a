// What keys do on every page. Ctrl or Command with "/" goes to the search: a key alone would answer
// to whoever speaks what is to be typed (WCAG 2.2, 2.1.4). With K it opens a dialog of where to go and
// what to begin; its entries come from the page "Go to", which works without this script. A menu that
// is open is closed by Escape, and when one goes on from it: it would hide where one is (2.4.11).
"use strict";

{
  const source = document.querySelector("[data-palette]");
  let dialog = null;
  let timer = 0;
  let under = null;
  let shown = null;

  const links = () => [...dialog.querySelectorAll("li a")];

  const fill = async (words) => {
    if (under !== null) under.abort();
    under = new AbortController();
    try {
      const address = `${source.href}?q=${encodeURIComponent(words)}`;
      const answer = await fetch(address, { signal: under.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("commands");
      if (found !== null) dialog.querySelector("ul").replaceWith(document.adoptNode(found));
      shown = words;
      const said = page.getElementById("commands-found")?.textContent ?? "";
      dialog.querySelector("[role=status]").textContent = said.trim();
    } catch (fault) {
      if (fault.name !== "AbortError") throw fault;
    }
  };

  // Enter opens the first of what fits the words as they are now, not as they were when last asked for.
  const first = async (words) => {
    clearTimeout(timer);
    if (shown !== words) await fill(words);
    if (shown === words) links()[0]?.click();
  };

  const make = () => {
    dialog = document.createElement("dialog");
    dialog.className = "go-palette";
    dialog.setAttribute("aria-label", source.textContent.trim());
    const field = document.createElement("input");
    field.type = "search";
    field.className = "form-control";
    field.autocomplete = "off";
    field.maxLength = 200;
    field.setAttribute("aria-label", source.dataset.palette);
    field.placeholder = source.dataset.palette;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "visually-hidden";
    dialog.append(field, said, document.createElement("ul"));
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => fill(field.value), 150);
    });
    dialog.addEventListener("keydown", (event) => {
      const all = links();
      const at = all.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && all.length > 0) {
        all[Math.min(at + 1, all.length - 1)].focus();
      } else if (event.key === "ArrowUp" && at >= 0) {
        (at === 0 ? field : all[at - 1]).focus();
      } else if (event.key === "Enter" && at < 0) {
        first(field.value);
      } else {
        return;
      }
      event.preventDefault();
    });
    document.body.append(dialog);
  };

  if (source !== null) {
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault();
        if (dialog === null) make();
        if (dialog.open) return;
        dialog.querySelector("input").value = "";
        shown = null;
        dialog.showModal();
        fill("");
      } else if (event.key === "/" && (event.ctrlKey || event.metaKey) && !event.altKey) {
        const field = [...document.querySelectorAll("[type=search][name=q]")].find((one) => one.offsetParent);
        event.preventDefault();
        if (field) field.focus();
        else document.querySelector(".go-find").click();
      }
    });
  }

  const close = (left) => {
    for (const menu of document.querySelectorAll(".go-more[open]")) if (left(menu)) menu.open = false;
  };
  // What goes around a menu, as the page does, has the focus when its words are clicked.
  const apart = (menu, at) => !menu.contains(at) && !at.contains(menu);
  document.addEventListener("focusin", (event) => close((menu) => apart(menu, event.target)));
  document.addEventListener("pointerdown", (event) => close((menu) => !menu.contains(event.target)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close((menu) => {
      if (menu.contains(event.target)) menu.querySelector("summary").focus();
      return true;
    });
  });
}
