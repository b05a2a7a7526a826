/* On the page of an assessment: the reasons beside the form follow the field that has the focus.
   Without this script each field has its reasons under it. */
(() => {
  "use strict";

  const drawer = document.getElementById("drawer");
  let current = null;

  const explain = (row) => {
    const why = row && row.querySelector(".value-why .why");
    if (!drawer || !why) return;
    current = row.id;
    drawer.replaceChildren(why.cloneNode(true));
  };

  if (drawer) drawer.closest(".with-drawer").classList.add("is-live");

  document.addEventListener("focusin", (event) => explain(event.target.closest(".value-row")));

  /* A row came back from the server; its field was left as the typist has it. Once it is saved
     and she has left it, it reads as numbers are written here. */
  document.addEventListener("htmx:afterSettle", (event) => {
    const row = event.target.closest && event.target.closest(".value-row");
    if (!row) return;
    const field = row.querySelector("input:not([type=hidden], [type=radio], [type=checkbox])");
    if (field) {
      field.setAttribute("aria-invalid", row.classList.contains("is-refused"));
      const sent = event.detail.requestConfig.formData.get(field.name);
      const written = row.querySelector("input[name^='was-']");
      const isHers = field === document.activeElement || field.value !== sent;
      if (row.classList.contains("is-saved") && !isHers) field.value = written.value;
    }
    if (row.id === current) explain(row);
  });
})();
