// Keeps what is typed once its writer pauses, and warns before the page is left with text that is
// not kept. The portal says when it was kept; without this script the button "Save draft" saves.
"use strict";

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const said = form.querySelector("[data-autosave-status]");
  const pause = 1500;
  let timer = 0;
  let typed = 0;
  let kept = 0;
  let under = null;

  const keep = async () => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") body.append(name, value);
    }
    const now = typed;
    if (under !== null) under.abort();
    under = new AbortController();
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, signal: under.signal });
      if (!answer.ok || answer.redirected) throw new Error("not kept");
      said.textContent = await answer.text();
      kept = now;
    } catch (fault) {
      if (fault.name !== "AbortError") said.textContent = said.dataset.failed;
    }
  };

  form.addEventListener("input", () => {
    typed += 1;
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (under !== null) under.abort();
    kept = typed;
  });
  window.addEventListener("beforeunload", (event) => {
    if (kept !== typed) event.preventDefault();
  });
}
