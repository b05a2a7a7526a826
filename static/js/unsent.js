/* What was typed and is not saved yet is kept in this browser, for this person, value by value:
   on the form and in the grid alike. It is offered again, handed out as a file, and forgotten
   once it is saved or she signs out. Without this script nothing is kept. */
(() => {
  "use strict";

  const PLACE = "ntm-unsent.";
  const person = (document.querySelector("meta[name=person]") || {}).content;
  const language = document.documentElement.lang;
  const panel = document.getElementById("unsent");

  const keyOf = (pk, code) => `${PLACE}${person}.${pk}.${code}`;
  /* A browser may forbid to keep anything: then the pages work as without this script. */
  const safely = (what, otherwise) => {
    try {
      return what();
    } catch {
      return otherwise;
    }
  };
  const read = (key) => safely(() => JSON.parse(localStorage.getItem(key)), null);
  const keys = () =>
    safely(() => Object.keys(localStorage), []).filter((key) => key.startsWith(`${PLACE}${person}.`));

  const unsent = {
    /* Keep the text of a value with the version that she saw. */
    put(pk, code, text, seen, unit) {
      if (!person) return;
      const value = { assessment: pk, code, text, seen, unit, language, at: new Date().toISOString() };
      safely(() => localStorage.setItem(keyOf(pk, code), JSON.stringify(value)));
    },
    drop(pk, code) {
      safely(() => localStorage.removeItem(keyOf(pk, code)));
      showOnce();
    },
    all: () => keys().map(read).filter(Boolean),
    of: (pk) => unsent.all().filter((value) => value.assessment === pk),
    /* The text as numbers are written in the language of this page. */
    text: ({ text, language: typedIn }) =>
      typedIn === language ? text : text.replace(/[.,]/g, (mark) => (mark === "," ? "." : ",")),
    forget() {
      for (const key of keys()) safely(() => localStorage.removeItem(key));
      show();
    },
    /* Say which values can be put back on this page, and how. */
    offer(values, restore) {
      offered = values;
      putBack = restore;
      show();
    },
    show: () => show(),
  };
  let offered = [];
  let putBack = null;
  window.unsent = unsent;

  /* However many values are dropped at once, what is left is read and shown once. */
  let isDue = false;
  const showOnce = () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      show();
    });
  };

  function show() {
    if (!panel) return;
    const held = new Set(unsent.all().map(({ assessment, code }) => keyOf(assessment, code)));
    offered = offered.filter(({ assessment, code }) => held.has(keyOf(assessment, code)));
    panel.hidden = !held.size;
    const say = (name, count) => {
      const line = panel.querySelector(`[data-say=${name}]`);
      line.hidden = !count;
      line.querySelector("b").textContent = count;
    };
    say("here", offered.length);
    say("all", held.size);
    panel.querySelector("[data-do=restore]").hidden = !offered.length || !putBack;
    const list = panel.querySelector("ul");
    list.replaceChildren(
      ...offered.map((value) => {
        const line = document.createElement("li");
        line.textContent = [value.unit, value.code, `“${unsent.text(value)}”`].filter(Boolean).join(" · ");
        return line;
      }),
    );
  }

  const download = () => {
    const file = { format: "ntm-unsent", version: 1, at: new Date().toISOString(), values: unsent.all() };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: "application/json" }));
    link.download = `ntm-${file.at.slice(0, 16).replace(/\D/g, "")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  if (panel) {
    panel.addEventListener("click", ({ target }) => {
      const act = target.dataset.do;
      if (act === "restore") putBack(offered);
      if (act === "file") download();
      if (act === "forget") unsent.forget();
    });
    window.addEventListener("storage", show);
    show();
  }

  /* Signing out forgets it; where there is something to forget, only at the second asking. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-signs-out]") || !unsent.all().length) return;
    if (event.target.classList.contains("is-asked")) {
      unsent.forget();
      return;
    }
    event.preventDefault();
    event.target.classList.add("is-asked");
    const warning = event.target.querySelector("[role=alert]");
    warning.textContent = warning.dataset.text;
  });
})();
