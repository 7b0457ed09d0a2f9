// What comes back when something was asked of the bot: nothing to show, a failure, or a form.

import { el, newId, toast } from "/static/dom.js";
import { fieldNode } from "/static/fields.js";
import { markdown } from "/static/markdown.js";
import { ask, upload } from "/static/store.js";

const [ROW, TEXT, LABEL] = [1, 10, 18];

let failing = (text) => toast(text);
export const onFailure = (show) => (failing = show);

// `message`: the one beneath which a failure is shown; none: at the end.
export async function answered(promise, message) {
  const answer = await promise;
  if (answer.event === "failed") failing(answer.text, message);
  if (answer.event === "form") openForm(answer.shown, answer.form, message);
  return answer;
}

export function openForm(shown, form, message) {
  const fields = [];
  const parts = form.components.map((part) => partNode(part, fields));
  const problem = el("p", { class: "problem", role: "alert" });
  const send = el("button", { class: "button primary", type: "submit" }, "Submit");
  const submit = async () => {
    problem.textContent = "";
    send.disabled = true;
    try {
      const answer = await answeredForm(shown, await read(fields), message);
      if (answer.event === "failed") problem.textContent = `Something went wrong: ${answer.text}`;
      else dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    }
    send.disabled = false;
  };
  const dialog = openDialog(form.title, [...parts, problem], send, submit, () => fields.every((field) => field.check?.() ?? true));
}

async function answeredForm(shown, values, message) {
  const answer = await ask({ do: "form", shown, values });
  if (answer.event === "form") openForm(answer.shown, answer.form, message);
  return answer;
}

function partNode(part, fields) {
  if (part.type === TEXT) return el("div", { class: "text" }, markdown(part.content));
  const single = part.type === LABEL ? part.component : part.type === ROW ? part.components[0] : null;
  if (!single) return null;
  const label = part.type === LABEL ? part.label : single.label;
  const field = fieldNode(single, label, part.description);
  fields.push(field);
  return field.node;
}

async function read(fields) {
  const values = {};
  for (const field of fields) {
    const value = field.read();
    values[field.name] = field.files ? await Promise.all(value.map(upload)) : value;
  }
  return values;
}

// A dialog of its own; the browser keeps the focus inside, and gives it back afterwards.
export function openDialog(title, parts, send, submit, check = () => true) {
  const id = newId();
  const cancel = el("button", { class: "button", type: "button", on: { click: () => dialog.close() } }, "Cancel");
  const form = el("form", { method: "dialog", novalidate: true }, el("h2", { id }, title), el("div", { class: "parts" }, parts), el("div", { class: "row end" }, cancel, send));
  const dialog = el("dialog", { "aria-labelledby": id }, form);
  const back = document.activeElement;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (check() && form.reportValidity()) submit();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    back?.focus?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input, textarea, select")?.focus();
  return dialog;
}
