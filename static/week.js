// Lets hours of a week be drawn over with the pointer, and reached by arrow keys. Each hour is a box of
// the form that is ticked without this script as well.
"use strict";

for (const table of document.querySelectorAll("table[data-week]")) {
  const boxes = [...table.querySelectorAll("input[type=checkbox]")];
  const boxOf = (node) => node instanceof Element ? node.closest("td")?.querySelector("input") ?? null : null;
  let draws = null;
  let begun = null;
  let moved = false;

  const set = (box, on) => {
    if (box.checked === on) return;
    box.checked = on;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  table.addEventListener("pointerdown", (event) => {
    const box = boxOf(event.target);
    if (box === null || event.button !== 0 || event.pointerType !== "mouse") return;
    draws = !box.checked;
    begun = box;
    moved = false;
    table.dataset.drawing = "";
  });
  // No text is selected while hours are drawn over, and the page does not scroll by itself.
  table.addEventListener("mousedown", (event) => {
    if (draws !== null) event.preventDefault();
  });
  table.addEventListener("pointerover", (event) => {
    const box = boxOf(event.target);
    if (draws === null || box === null || (box === begun && !moved)) return;
    moved = true;
    set(begun, draws);
    set(box, draws);
  });
  document.addEventListener("pointerup", (event) => {
    // Let go where it was pressed: the box is ticked by its own click, or by this where its cell was hit.
    const box = boxOf(event.target);
    if (draws !== null && !moved && box !== null && box === begun && event.target !== box) set(box, draws);
    draws = null;
    delete table.dataset.drawing;
  });
  table.addEventListener("click", (event) => {
    // After drawing, the click of the box where the pointer was let go would undo it.
    if (moved && boxOf(event.target) === event.target) event.preventDefault();
    moved = false;
  });

  // One stop for the Tab key; arrow keys lead from hour to hour.
  const stop = (box) => {
    for (const one of boxes) one.tabIndex = one === box ? 0 : -1;
  };
  if (boxes.length > 0) stop(boxes.find((box) => box.checked) ?? boxes[0]);
  table.addEventListener("focusin", (event) => {
    if (boxes.includes(event.target)) stop(event.target);
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    const rtl = getComputedStyle(table).direction === "rtl" ? -1 : 1;
    const [down, along] = {
      ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -rtl], ArrowRight: [0, rtl],
    }[event.key] ?? [0, 0];
    if (cell === null || (down === 0 && along === 0)) return;
    event.preventDefault();
    const rows = [...table.tBodies[0].rows];
    let row = rows.indexOf(cell.parentElement);
    let column = cell.cellIndex;
    for (;;) {
      row += down;
      column += along;
      const next = rows[row]?.cells[column];
      if (next === undefined) return;
      const box = next.querySelector("input");
      if (box !== null) {
        box.focus();
        return;
      }
    }
  });

  // The same hour among the suggestions is the same choice.
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== "pick") return;
    for (const twin of document.querySelectorAll('input[name="pick"]')) {
      if (twin.value === box.value) twin.checked = box.checked;
    }
  });
}
