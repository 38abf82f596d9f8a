// Lets an item of the agenda be dragged to its place. It sends the form that its buttons send, with
// the number of the place; without this script the buttons do the same.
"use strict";

for (const list of document.querySelectorAll("[data-agenda]")) {
  let moved = null;
  for (const row of list.children) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      moved = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    row.addEventListener("dragend", () => {
      moved = null;
    });
    row.addEventListener("dragover", (event) => {
      if (moved !== null) event.preventDefault();
    });
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      if (moved === null || moved === row) return;
      const form = moved.querySelector("form[data-move]");
      const to = document.createElement("input");
      to.type = "hidden";
      to.name = "to";
      to.value = String([...list.children].indexOf(row) + 1);
      form.append(to);
      form.submit();
    });
  }
}
