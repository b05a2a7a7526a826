/* The grid by keyboard, as in a spreadsheet, saved cell by cell. Without this script the table
   is a plain form that is saved whole. */
(() => {
  "use strict";

  const form = document.getElementById("grid");
  if (!form) return;
  const body = form.querySelector("tbody");
  const line = document.getElementById("grid-line");
  const choice = document.getElementById("grid-choice");
  const status = document.getElementById("grid-state");
  const codes = [...form.querySelectorAll("[data-code]")].map((head) => head.dataset.code);
  const cells = [...body.rows].map((row) => [...row.querySelectorAll("td > input")]);

  /* Rows may be communes and columns indicators, or rows indicators and columns rounds: which
     assessment and which indicator a field is of, its name says (v-ASSESSMENT-INDICATOR). */
  const pkOf = (field) => Number(field.name.split("-")[1]);
  const indexOf = (field) => Number(field.name.split("-")[2]);
  const codeOf = (field) => codes[indexOf(field)];
  const stampsOf = (field) => form.elements[`s-${pkOf(field)}`];
  const STATES = ["is-saving", "is-waiting", "is-saved", "is-refused", "is-conflict", "is-carried", "is-late"];
  const VERDICTS = ["met", "not_met", "missing", "undetermined", "not_applicable"];

  /* Where one is: the cell in focus, the other corner of what is selected, typing or moving. */
  let at = null;
  let corner = null;
  let editing = false;
  let before = "";

  const place = (input) => {
    const cell = input.closest("td");
    return [cell.parentNode.sectionRowIndex, cell.cellIndex - 1];
  };
  const input = ([row, column]) => cells[row] && cells[row][column];
  const clamp = (number, most) => Math.max(0, Math.min(number, most));
  const step = ([row, column], down, right) => [
    clamp(row + down, cells.length - 1),
    clamp(column + right, cells[0].length - 1),
  ];

  const picked = () => {
    const [[top, left], [bottom, right]] = [at, corner || at];
    const rows = [Math.min(top, bottom), Math.max(top, bottom)];
    const columns = [Math.min(left, right), Math.max(left, right)];
    return cells.slice(rows[0], rows[1] + 1).map((row) => row.slice(columns[0], columns[1] + 1));
  };
  const showPicked = () => {
    for (const cell of body.querySelectorAll(".is-picked")) cell.classList.remove("is-picked");
    if (!corner) return;
    for (const field of picked().flat()) field.parentNode.classList.add("is-picked");
  };

  const go = (to) => {
    const field = input(to);
    if (!field) return;
    if (field === document.activeElement) stay(field);
    field.focus();
    field.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  /* At the edge of the table a move leads nowhere, but what was typed is done. */
  const stay = (field) => {
    commit([[field, field.value, before]]);
    before = field.value;
    editing = false;
    corner = null;
    showPicked();
    field.select();
  };

  body.addEventListener("focusin", ({ target }) => {
    if (!target.matches("td > input")) return;
    at = place(target);
    corner = null;
    editing = false;
    before = target.value;
    target.select();
    showPicked();
    explain(target);
  });
  body.addEventListener("focusout", ({ target }) => {
    if (target.matches("td > input")) commit([[target, target.value, before]]);
  });
  body.addEventListener("mousedown", (event) => {
    if (!event.shiftKey || !at || !event.target.matches("td > input")) return;
    event.preventDefault();
    corner = place(event.target);
    showPicked();
  });
  body.addEventListener("dblclick", () => (editing = true));
  body.addEventListener("input", ({ target }) => {
    editing = true;
    remember(target, target.value);
  });

  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  body.addEventListener("keydown", (event) => {
    if (!event.target.matches("td > input") || event.isComposing) return;
    const { key } = event;
    const control = event.ctrlKey || event.metaKey;
    const done = act(event.target, key, control, event.shiftKey);
    if (done) event.preventDefault();
  });

  /* Do what the key asks for; false leaves it to the browser. */
  function act(field, key, control, shift) {
    if (control) return actControl(key.toLowerCase());
    if (key === "F2") {
      editing = true;
      field.setSelectionRange(field.value.length, field.value.length);
      return true;
    }
    if (key === "Escape") {
      field.value = before;
      editing = false;
      corner = null;
      showPicked();
      field.select();
      return true;
    }
    if (key === "Enter") {
      go(step(at, shift ? -1 : 1, 0));
      return true;
    }
    if ((key === "Delete" || key === "Backspace") && !editing) {
      write(picked().map((row) => row.map(() => "")));
      return true;
    }
    const move = MOVES[key];
    if (!move || (editing && move[1])) return false;
    if (shift) {
      corner = step(corner || at, ...move);
      showPicked();
      input(corner).scrollIntoView({ block: "nearest", inline: "nearest" });
    } else {
      go(step(at, ...move));
    }
    return true;
  }

  function actControl(key) {
    if (key === "z" && !editing) return undo();
    if (key === "d") return fillDown();
    if (key === "home") return go([0, 0]) || true;
    if (key === "end") return go([cells.length - 1, cells[0].length - 1]) || true;
    return false;
  }

  /* Like Excel: the first row of what is selected fills the others; one cell takes the one above. */
  function fillDown() {
    const block = picked();
    const above = cells[at[0] - 1];
    if (block.length === 1 && !above) return true;
    const first = block.length > 1 ? block[0].map((field) => field.value) : null;
    const [, column] = at;
    write(block.map((row) => row.map((_, index) => (first || [above[column].value])[index] ?? "")));
    return true;
  }

  body.addEventListener("copy", (event) => {
    if (!at || (editing && !corner)) return;
    const text = picked().map((row) => row.map((field) => field.value).join("\t")).join("\r\n");
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  });
  body.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    if (!at || (editing && !/[\t\n]/.test(text))) return;
    event.preventDefault();
    const block = text.split(/\r?\n/).map((row) => row.split("\t").map((cell) => cell.trim()));
    const to = picked();
    const isOne = block.length === 1 && block[0].length === 1;
    write(isOne ? to.map((row) => row.map(() => block[0][0])) : block);
  });

  /* Write a block of texts from the upper left corner of what is selected. */
  function write(block) {
    const first = place(picked()[0][0]);
    const changes = [];
    block.forEach((row, down) =>
      row.forEach((text, right) => {
        const field = input([first[0] + down, first[1] + right]);
        if (field && !field.readOnly) changes.push([field, text, field.value]);
      }),
    );
    for (const [field, text] of changes) field.value = text;
    commit(changes);
    const active = input(at);
    before = active.value;
    editing = false;
    active.select();
  }

  /* What was changed, for Ctrl+Z, and what is to be sent. */
  const done = [];
  const unsent = new Set();
  let sending = null;

  /* Not saved yet: kept in the browser until it is (unsent.js). */
  const { unsent: kept } = window;
  const remember = (field, text) => {
    const seen = stampsOf(field).value.split("|")[indexOf(field)].split(":")[0];
    const unit = form.dataset.unit || field.closest("tr").querySelector("th a").textContent;
    kept.put(pkOf(field), codeOf(field), text, seen === "0" ? "" : seen, unit);
  };
  const offerKept = () => {
    const fieldOf = ({ assessment, code }) =>
      form.elements[`v-${assessment}-${codes.indexOf(code)}`];
    const found = kept.all().filter((value) => {
      const field = fieldOf(value);
      if (field && field.value === kept.text(value)) kept.drop(value.assessment, value.code);
      return field && !field.readOnly && field.value !== kept.text(value);
    });
    kept.offer(found, (values) => {
      for (const value of values) {
        const field = fieldOf(value);
        const stamps = stampsOf(field).value.split("|");
        stamps[codes.indexOf(value.code)] = `${value.seen || 0}:`;
        stampsOf(field).value = stamps.join("|");
        const old = field.value;
        field.value = kept.text(value);
        commit([[field, field.value, old]]);
      }
    });
  };

  function commit(changes, isUndo = false) {
    const real = changes.filter(([, text, old]) => text !== old);
    if (!real.length) return;
    if (!isUndo) done.push(real.map(([field, text, old]) => [field, old, text]));
    for (const [field, text] of real) {
      remember(field, text);
      unsent.add(field);
      mark(field, "is-saving");
    }
    send();
  }

  function undo() {
    const last = done.pop();
    if (!last) return true;
    for (const [field, old] of last) field.value = old;
    commit(last, true);
    before = input(at).value;
    input(at).select();
    return true;
  }

  const mark = (field, state) => {
    field.parentNode.classList.remove(...STATES);
    if (state) field.parentNode.classList.add(state);
  };

  async function send() {
    if (sending || !unsent.size) return;
    sending = new Map([...unsent].map((field) => [field, field.value]));
    unsent.clear();
    say("saving");
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body: posted(sending),
        headers: { "X-Grid": "1", "X-CSRFToken": secret() },
      });
      const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (isOurs) take((await answer.json()).rows);
      else keep(answer.status < 500 ? "ended" : "waiting");
    } catch {
      keep("waiting");
    }
    const isWaiting = sending === null;
    sending = null;
    if (!isWaiting) send();
  }

  /* Who signs in again, in another tab, has a new one: then what waits here is sent after all. */
  const secret = () => {
    const found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    return found ? found[1] : form.csrfmiddlewaretoken.value;
  };

  const posted = (fields) => {
    const data = new URLSearchParams();
    if (form.elements.criterion) data.set("criterion", form.elements.criterion.value);
    if (form.elements.late_reason) data.set("late_reason", form.elements.late_reason.value);
    for (const [field, text] of fields) {
      data.append(field.name, text);
      data.set(stampsOf(field).name, stampsOf(field).value);
    }
    return data;
  };

  /* It could not be sent: it waits, in its cell, for the next try. */
  const keep = (state) => {
    for (const field of sending.keys()) {
      unsent.add(field);
      mark(field, "is-waiting");
    }
    sending = null;
    kept.show();
    say(state);
  };
  window.addEventListener("online", send);
  window.addEventListener("focus", send);
  setInterval(send, 15000);
  window.addEventListener("beforeunload", (event) => {
    if (at && input(at) === document.activeElement) commit([[input(at), input(at).value, before]]);
    if (unsent.size || sending) event.preventDefault();
  });
  form.addEventListener("submit", () => unsent.clear());

  function take(rows) {
    let refusal = "";
    for (const [pk, answer] of Object.entries(rows)) {
      const stamps = form.elements[`s-${pk}`];
      if (!stamps) continue;
      stamps.value = answer.stamps;
      for (const state of answer.cells) {
        refusal = show(form.elements[state.name], state) || refusal;
      }
    }
    say(refusal ? "refused" : "saved", refusal);
    if (at) offer(input(at));
  }

  /* Show how a cell stands now; what is being typed in it meanwhile stays. */
  function show(field, state) {
    const cell = field.parentNode;
    cell.classList.remove(...VERDICTS.map((verdict) => `is-${verdict}`));
    cell.classList.add(`is-${state.verdict}`);
    cell.dataset.sign = state.sign;
    field.setAttribute("aria-description", state.word);
    if (unsent.has(field)) return "";
    const wasSent = sending.has(field);
    const isTyping = field === document.activeElement && editing;
    if (!wasSent && cell.matches(".is-refused, .is-conflict")) return "";
    if (wasSent || state.state || !cell.classList.contains("is-saved")) {
      mark(field, (wasSent && state.state === "is-late" ? "" : state.state) || (wasSent ? "is-saved" : ""));
    }
    if (wasSent && !state.sentence && field.value === sending.get(field)) {
      kept.drop(pkOf(field), codeOf(field));
    }
    field.setAttribute("aria-invalid", Boolean(state.sentence));
    field.title = state.sentence || "";
    cell.dataset.theirs = state.theirs ?? "";
    cell.dataset.who = state.who || "";
    if (!isTyping && (!wasSent || field.value === sending.get(field))) {
      if (field === document.activeElement) before = state.text;
      field.value = state.text;
    }
    return state.sentence || "";
  }

  const say = (state, more = "") => {
    status.textContent = [status.dataset[state], more].filter(Boolean).join(" ");
  };

  /* In a conflict: both values, and who saved the other one. */
  const offer = (field) => {
    const cell = field.parentNode;
    choice.hidden = !cell.classList.contains("is-conflict");
    if (choice.hidden) return;
    const texts = { theirs: `${cell.dataset.theirs} (${cell.dataset.who})`, mine: field.value };
    for (const button of choice.children) {
      button.textContent = `${button.dataset.text} ${texts[button.dataset.take]}`;
    }
  };
  choice.addEventListener("click", ({ target }) => {
    if (!target.matches("button") || !at) return;
    const field = input(at);
    if (target.dataset.take === "theirs") field.value = field.parentNode.dataset.theirs;
    unsent.add(field);
    mark(field, "is-saving");
    choice.hidden = true;
    field.focus();
    send();
  });

  /* The line below speaks of the cell in focus, once one stays there. */
  let timer = 0;
  function explain(field) {
    clearTimeout(timer);
    offer(field);
    timer = setTimeout(async () => {
      const code = encodeURIComponent(codeOf(field));
      try {
        const answer = await fetch(`/criteria/assessments/${pkOf(field)}/values/${code}/line/`);
        const isLine = answer.ok && !answer.redirected;
        if (isLine && field === document.activeElement) line.innerHTML = await answer.text();
      } catch {
        line.textContent = "";
      }
    }, 200);
  }

  offerKept();
})();
