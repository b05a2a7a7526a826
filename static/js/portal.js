/* What a script may add: the state of a save at the field, menus that close, a line that is
   back. Nothing here is essential; without it forms post and links link. */
(() => {
  "use strict";

  const holderOf = (element) => element && element.closest(".value-row, .field");

  /* Say the state of a save beside the field. The words come from the page:
     <p class="field-state" data-saving="…" data-waiting="…" data-ended="…">. */
  const say = (element, state) => {
    const holder = holderOf(element);
    if (!holder) return;
    holder.classList.remove("is-saving", "is-waiting", "is-ended", "is-saved");
    holder.classList.add(`is-${state}`);
    const line = holder.querySelector(".field-state");
    if (line && !line.contains(element)) line.textContent = line.dataset[state] || "";
    /* Heard as well: the line at the foot speaks for all fields. */
    const heard = document.getElementById("save-line");
    if (heard && heard.dataset[state]) heard.textContent = heard.dataset[state];
  };

  const waiting = new Set();

  document.addEventListener("htmx:beforeRequest", (event) => say(event.detail.elt, "saving"));
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(name, (event) => {
      say(event.detail.elt, "waiting");
      waiting.add(event.detail.elt);
    });
  }
  document.addEventListener("htmx:afterOnLoad", (event) => {
    waiting.delete(event.detail.elt);
    /* A session that has ended: the banner says what to do, the field that it is not saved. */
    if ([401, 403].includes(event.detail.xhr.status)) say(event.detail.elt, "ended");
  });

  /* While the banner says the same it is not made anew: she may be pressing its button, and the
     field that she leaves by it is refused just then. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (target.id !== "banner") return;
    if (target.childElementCount && target.dataset.status === String(xhr.status)) {
      event.detail.shouldSwap = false;
    }
    target.dataset.status = xhr.status;
  });

  /* The line is back: send again what could not be sent. */
  const again = () => {
    const elements = [...waiting];
    waiting.clear();
    for (const element of elements) {
      const name = element.matches("button") ? "click" : "change";
      if (element.isConnected) window.htmx.trigger(element, name);
    }
  };
  window.addEventListener("online", again);
  setInterval(() => waiting.size && navigator.onLine && again(), 15000);
  /* A form that is sent whole takes along what was waiting. */
  document.addEventListener("submit", () => waiting.clear());
  window.addEventListener("beforeunload", (event) => {
    if ([...waiting].some((element) => element.isConnected)) event.preventDefault();
  });

  /* Alt and a letter lead to what has it as its access key, in every browser alike. */
  document.addEventListener("keydown", (event) => {
    const letter = /^Key([A-Z])$/.exec(event.code);
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !letter) return;
    const element = document.querySelector(`[accesskey="${letter[1].toLowerCase()}"]`);
    if (!element) return;
    event.preventDefault();
    element.focus();
    if (element.matches("a, button")) element.click();
  });

  /* Menus close when one leaves them, or with Escape. */
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("focusin", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector(".menu[open]");
    if (open) open.querySelector("summary").focus();
    closeMenus(null);
  });

  function closeMenus(target) {
    for (const menu of document.querySelectorAll(".menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  }
})();
