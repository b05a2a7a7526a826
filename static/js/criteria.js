/* On the page of an assessment: the reasons beside the form follow the field that has the focus,
   Enter goes on to the next field, a code leads to its field, and what is not saved is kept.
   Without this script each field has its reasons under it, and Enter saves. */
(() => {
  "use strict";

  const form = document.getElementById("assessment-form");
  const drawer = document.getElementById("drawer");
  const jump = document.getElementById("goto");
  const { unsent } = window;
  const pk = form ? Number(form.dataset.pk) : 0;
  let current = null;

  const explain = (row) => {
    const why = row && row.querySelector(".value-why .why");
    if (!drawer || !why) return;
    current = row.id;
    drawer.replaceChildren(why.cloneNode(true));
  };

  if (drawer) drawer.closest(".with-drawer").classList.add("is-live");

  document.addEventListener("focusin", (event) => explain(event.target.closest(".value-row")));

  /* What stands in the fields of a row: the last of those that would be sent. */
  const rowOf = (code) => document.getElementById(`row-${code}`);
  const codeOf = (row) => row.id.slice("row-".length);
  const fieldsOf = (row) => [...row.querySelectorAll("[name^='value-']")];
  const hidden = (row, name) => row.querySelector(`input[name^='${name}-']`);
  const textOf = (row) => {
    const sent = fieldsOf(row).filter((field) => !/radio|checkbox/.test(field.type) || field.checked);
    return sent.length ? sent[sent.length - 1].value.trim() : "";
  };
  const isHere = (row) => Boolean(row && fieldsOf(row).length);
  const write = (row, text) => {
    for (const field of fieldsOf(row)) {
      const word = field.labels.length ? field.labels[0].textContent.trim() : "";
      if (/radio|checkbox/.test(field.type)) field.checked = [field.value, word].includes(text);
      else if (text !== "na") field.value = text;
    }
  };

  /* Kept from the first letter on; forgotten as soon as it stands. */
  document.addEventListener("input", (event) => {
    const row = event.target.closest(".value-row");
    if (!row || !pk || !event.target.name.startsWith("value-")) return;
    const [code, text] = [codeOf(row), textOf(row)];
    if (text === hidden(row, "was").value) unsent.drop(pk, code);
    else unsent.put(pk, code, text, hidden(row, "seen").value, form.dataset.unit);
  });

  /* A row came back from the server; its field was left as the typist has it. Once it is saved
     and she has left it, it reads as numbers are written here. */
  document.addEventListener("htmx:afterSettle", (event) => {
    const row = event.target.closest && event.target.closest(".value-row");
    if (!row) return;
    const field = row.querySelector("input:not([type=hidden], [type=radio], [type=checkbox])");
    const sent = event.detail.requestConfig.formData.getAll(`value-${codeOf(row)}`).pop();
    const stands = !row.matches(".is-refused, .is-waiting");
    if (isHere(row) && stands && [hidden(row, "was").value, sent].includes(textOf(row))) {
      unsent.drop(pk, codeOf(row));
    }
    unsent.show();
    if (field) {
      field.setAttribute("aria-invalid", row.classList.contains("is-refused"));
      const written = hidden(row, "was");
      const isHers = field === document.activeElement || field.value !== sent;
      if (row.classList.contains("is-saved") && !isHers) field.value = written.value;
    }
    if (row.id === current) explain(row);
  });

  /* A line that is lost, a session that has ended: say what is kept. */
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError", "htmx:afterOnLoad"]) {
    document.addEventListener(name, () => unsent.show());
  }

  /* What was typed here before and never came to be saved is offered again. */
  const offer = () => {
    const values = unsent.of(pk || Number(drawer && drawer.dataset.pk)).filter((value) => {
      const row = rowOf(value.code);
      if (!isHere(row)) return true;
      if (unsent.text(value) === hidden(row, "was").value) unsent.drop(pk, value.code);
      return unsent.text(value) !== textOf(row);
    });
    unsent.offer(values, form && putBack);
  };
  const putBack = (values) => {
    for (const value of values) {
      const row = rowOf(value.code);
      if (isHere(row)) {
        write(row, unsent.text(value));
        hidden(row, "seen").value = value.seen;
      } else {
        for (const [name, text] of [["value", unsent.text(value)], ["seen", value.seen]]) {
          const field = document.createElement("input");
          Object.assign(field, { type: "hidden", name: `${name}-${value.code}`, value: text });
          form.append(field);
        }
      }
    }
    form.requestSubmit();
  };
  offer();

  if (!form) return;

  /* By keyboard: a code leads to its field, Enter back to the code, or on to the next field. */
  let cameByCode = false;
  const focusOn = (row) => {
    const field = row.querySelector("[name^='value-']:checked") || fieldsOf(row)[0];
    field.focus();
    if (field.select) field.select();
    row.scrollIntoView({ block: "nearest" });
  };
  const rows = () => [...form.querySelectorAll(".value-row")].filter(isHere);
  const byCode = (text) => {
    const code = text.trim().replace(",", ".");
    return rows().find((row) => codeOf(row) === code) ||
      rows().find((row) => codeOf(row).startsWith(`${code}.`)) ||
      rows().find((row) => codeOf(row).startsWith(code));
  };
  if (jump) {
    jump.addEventListener("focus", () => jump.select());
    jump.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      const row = jump.value.trim() && byCode(jump.value);
      const isElsewhere = jump.value.trim() && !row;
      if (isElsewhere) return; // the server knows rows that a filter hides
      event.preventDefault();
      if (!row) return;
      focusOn(row);
      cameByCode = true;
    });
  }
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest(".value-row");
    if (event.key !== "Enter" || !row || !event.target.name || event.isComposing) return;
    if (!event.target.name.startsWith("value-")) return;
    event.preventDefault();
    const all = rows();
    const next = all[all.indexOf(row) + 1];
    if (cameByCode && jump) jump.focus();
    else if (next) focusOn(next);
    else event.target.blur();
  });
  form.addEventListener("mousedown", () => (cameByCode = false));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Tab") cameByCode = false;
  });

  const target = location.hash.startsWith("#row-") && rowOf(decodeURIComponent(location.hash.slice(5)));
  if (isHere(target)) focusOn(target);
})();
