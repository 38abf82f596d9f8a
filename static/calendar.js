// Arrow keys go from day to day of the month, Page Up and Page Down to the one before and after;
// without this script the Tab key and the links do the same.
"use strict";

for (const table of document.querySelectorAll("[data-calendar]")) {
  const days = [...table.querySelectorAll(".go-day")];
  const forward = document.dir === "rtl" ? -1 : 1;
  const steps = { ArrowLeft: -forward, ArrowRight: forward, ArrowUp: -7, ArrowDown: 7 };
  table.addEventListener("keydown", (event) => {
    const at = days.indexOf(document.activeElement);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const turn = { PageUp: "prev", PageDown: "next" }[event.key];
    if (turn) {
      event.preventDefault();
      document.querySelector(`a[rel="${turn}"]`).click();
    } else if (event.key in steps) {
      event.preventDefault();
      days[at + steps[event.key]]?.focus();
    }
  });
}
