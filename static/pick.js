// Long lists of people, organisations, groups and countries by type-ahead: what is typed narrows
// ticks, or finds the entry of a list. Nothing is asked of the server: what can be found is what
// the page offers, which the policy chose. Without this script ticks and lists stay as they are.
"use strict";

{
  const words = document.currentScript.dataset;
  // From how many entries on: a short list is seen at once, and its first letters are typed in it.
  const LONG = { ticks: 7, list: 20 };
  const plain = (text) => text.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  // Each word that was typed has to begin one of the entry: "dip" finds "Head of diplomacy".
  const fits = (entry, typed) =>
    typed.split(/\s+/).every((part) => entry.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(part)) ||
      (part.length > 2 && entry.includes(part)));
  let made = 0;

  const finder = (name) => {
    const field = document.createElement("input");
    made += 1;
    Object.assign(field, { id: `pick-${made}`, className: "form-control go-pick", autocomplete: "off" });
    field.maxLength = 100;
    if (name) field.setAttribute("aria-label", words.find.replace("{list}", name));
    return field;
  };
  const status = () => {
    const said = document.createElement("span");
    said.className = "go-picked form-hint";
    said.setAttribute("role", "status");
    return said;
  };
  const changed = (at) => {
    at.dispatchEvent(new Event("input", { bubbles: true }));
    at.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Ticks: those that fit stay, with those that are ticked. Enter ticks the one that fits.
  const narrow = (box) => {
    const rows = [...box.querySelectorAll("label")].map((row) => ({
      row, tick: row.querySelector("input"), text: plain(row.textContent),
    }));
    if (rows.length < LONG.ticks) return;
    const legend = box.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? "";
    const field = finder(legend);
    const said = status();
    field.type = "search";
    field.placeholder = field.getAttribute("aria-label");
    box.before(field, said);
    const found = () => rows.filter(({ text }) => fits(text, plain(field.value)));
    const show = () => {
      const typed = plain(field.value);
      const fitting = typed ? found() : rows;
      for (const one of rows) one.row.hidden = !fitting.includes(one) && !one.tick.checked;
      said.textContent = typed ? words.shown.replace("{n}", fitting.length).replace("{all}", rows.length) : "";
    };
    // What is typed here is no part of the form: it is neither kept nor asks who could read.
    for (const name of ["input", "change"]) field.addEventListener(name, (event) => event.stopPropagation());
    field.addEventListener("input", show);
    field.addEventListener("keydown", (event) => {
      const fitting = found();
      if (event.key === "Enter") {
        event.preventDefault();
        if (!field.value.trim() || fitting.length === 0) return;
        if (fitting.length > 1) {
          fitting[0].tick.focus();
          return;
        }
        fitting[0].tick.checked = !fitting[0].tick.checked;
        changed(fitting[0].tick);
        field.value = "";
        show();
        const now = fitting[0].tick.checked ? words.chosen : words.removed;
        said.textContent = now.replace("{entry}", fitting[0].row.textContent.trim());
      } else if (event.key === "ArrowDown" && fitting.length > 0) {
        event.preventDefault();
        fitting[0].tick.focus();
      } else if (event.key === "Escape" && field.value) {
        event.preventDefault();
        field.value = "";
        show();
      }
    });
  };

  // A list: a field that offers its entries stands in its place, and the list follows it.
  const replace = (list) => {
    const entries = [...list.options].filter((entry) => entry.value !== "");
    const label = list.labels[0];
    const texts = new Map(entries.map((entry) => [plain(entry.text), entry]));
    if (entries.length < LONG.list || !label || texts.size !== entries.length) return;
    const field = finder("");
    const said = status();
    const offered = document.createElement("datalist");
    const none = [...list.options].find((entry) => entry.value === "");
    const several = list.multiple;
    offered.id = `${field.id}-entries`;
    offered.append(...entries.map((entry) => new Option("", entry.text)));
    field.setAttribute("list", offered.id);
    field.placeholder = words.type;
    for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
      if (list.hasAttribute(name)) field.setAttribute(name, list.getAttribute(name));
    }
    // Links of the summary of errors go to the id that the list had.
    const id = list.id;
    list.id = `${id}-list`;
    field.id = id;
    label.htmlFor = id;
    list.hidden = true;
    list.before(field, offered, said);
    const chips = document.createElement("ul");
    chips.className = "go-chips";
    if (several) {
      said.after(chips);
      document.getElementById(`${id}-hint`)?.setAttribute("hidden", "");  // how several are chosen in a list
    }
    const show = () => {
      if (!several) {
        const at = list.selectedOptions[0];
        field.value = at && at.value !== "" ? at.text : "";
        return;
      }
      chips.replaceChildren(...entries.filter((entry) => entry.selected).map((entry) => {
        const item = document.createElement("li");
        const off = document.createElement("button");
        Object.assign(off, { type: "button", className: "btn btn-sm" });
        off.textContent = `${entry.text} ×`;
        off.setAttribute("aria-label", words.remove.replace("{entry}", entry.text));
        off.addEventListener("click", () => {
          entry.selected = false;
          changed(list);
          show();
          field.focus();
          said.textContent = words.removed.replace("{entry}", entry.text);
        });
        item.append(off);
        return item;
      }));
    };
    const commit = () => {
      const typed = plain(field.value);
      const fitting = typed ? entries.filter((entry) => fits(plain(entry.text), typed)) : [];
      const entry = texts.get(typed) ?? (fitting.length === 1 ? fitting[0] : null);
      said.textContent = "";
      if (entry) {
        entry.selected = true;
        if (several) field.value = "";
        said.textContent = several ? words.chosen.replace("{entry}", entry.text) : "";
        changed(list);
        show();
      } else if (typed) {
        if (!several && none) none.selected = true;
        said.textContent = words.none;
        if (!several) changed(list);
      } else if (!several && none && !none.selected) {
        none.selected = true;
        changed(list);
      } else {
        show();
      }
    };
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      // An entry that was chosen from what the browser offers, not typed letter by letter.
      if (!(event instanceof InputEvent) || event.inputType === "insertReplacementText") commit();
    });
    field.addEventListener("change", (event) => {
      event.stopPropagation();
      commit();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !field.value.trim()) return;
      event.preventDefault();
      commit();
    });
    list.form?.addEventListener("reset", () => setTimeout(show));
    show();
  };

  for (const box of document.querySelectorAll(".go-ticks")) narrow(box);
  for (const list of document.querySelectorAll("select.form-select")) replace(list);
}
