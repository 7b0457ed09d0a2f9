// The inputs of a form: each gives its node, its name, and how to read and check it.

import { checkboxes, choices, optionNodes } from "/static/components.js";
import { el, newId } from "/static/dom.js";

const [TEXT_INPUT, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX] = [4, 19, 21, 22, 23];
const PARAGRAPH = 2;

export function fieldNode(part, label, description) {
  const kinds = { [TEXT_INPUT]: textField, [FILE_UPLOAD]: fileField, [RADIO_GROUP]: radioField, [CHECKBOX_GROUP]: boxesField, [CHECKBOX]: boxField };
  const made = (kinds[part.type] ?? selectField)(part, label, description);
  return { name: part.custom_id, ...made };
}

const needed = (part) => part.required !== false;

export function labelled(input, label, description, required) {
  const hint = description && description !== "…" ? el("small", { id: newId() }, description) : null;
  input.id ||= newId();
  if (hint) input.setAttribute("aria-describedby", hint.id);
  return el("div", { class: "field" }, el("label", { for: input.id }, label, star(required)), hint, input);
}

function group(label, description, required, inner) {
  const hint = description ? el("small", {}, description) : null;
  return el("fieldset", { class: "field" }, el("legend", {}, label, star(required)), hint, inner);
}

const star = (required) => (required ? el("span", { class: "star", title: "required", "aria-hidden": "true" }, " *") : null);

function textField(part, label, description) {
  const limits = { required: needed(part), minlength: part.min_length, maxlength: part.max_length ?? 4000, placeholder: part.placeholder };
  const input = part.style === PARAGRAPH ? el("textarea", { ...limits, rows: 5 }) : el("input", { ...limits, type: "text", autocomplete: "off" });
  input.value = part.value ?? "";
  return { node: labelled(input, label, description, needed(part)), read: () => input.value };
}

function selectField(part, label, description) {
  if ((part.max_values ?? 1) > 1) return boxesField({ ...part, options: choices(part) }, label, description);
  const input = el("select", { required: needed(part) }, optionNodes(choices(part), part.placeholder || "Make a selection"));
  return { node: labelled(input, label, description, needed(part)), read: () => (input.value ? [input.value] : []) };
}

function fileField(part, label, description) {
  const kinds = (part.file_types ?? []).join(",");
  const input = el("input", { type: "file", required: needed(part), multiple: (part.max_values ?? 1) > 1, accept: kinds || null });
  const check = () => {
    const most = part.max_values ?? 1;
    input.setCustomValidity(input.files.length > most ? `At most ${most} files.` : "");
    return true;
  };
  return { node: labelled(input, label, description, needed(part)), read: () => [...input.files], check, files: true };
}

function radioField(part, label, description) {
  const name = newId();
  const options = part.options.map((one) => {
    const id = newId();
    const dot = el("input", { type: "radio", id, name, value: one.value, checked: one.default, required: needed(part) });
    return el("label", { class: "check", for: id }, dot, el("span", {}, one.label, one.description ? el("small", {}, one.description) : null));
  });
  const node = group(label, description, needed(part), options);
  return { node, read: () => node.querySelector("input:checked")?.value ?? null };
}

function boxesField(part, label, description) {
  const node = group(label, description, needed(part), checkboxes(part.options, newId()));
  const chosen = () => [...node.querySelectorAll("input:checked")].map((box) => box.value);
  const least = part.min_values ?? (needed(part) ? 1 : 0);
  const most = part.max_values ?? part.options.length;
  const check = () => {
    const count = chosen().length;
    const fits = count <= most && (count >= least || (count === 0 && !needed(part)));
    node.querySelector("input")?.setCustomValidity(fits ? "" : least === most ? `Choose ${least}.` : `Choose ${least} to ${most}.`);
    return true;
  };
  node.addEventListener("change", check);
  return { node, read: chosen, check };
}

function boxField(part, label, description) {
  const input = el("input", { type: "checkbox", checked: part.default, id: newId() });
  const hint = description ? el("small", {}, description) : null;
  const node = el("div", { class: "field" }, el("label", { class: "check", for: input.id }, input, el("span", {}, label, hint)));
  return { node, read: () => input.checked };
}
