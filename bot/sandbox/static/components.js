// Buttons and select menus under a message.

import { el, newId } from "/static/dom.js";
import { answered } from "/static/form.js";
import { markdown } from "/static/markdown.js";
import { ask, store } from "/static/store.js";

const [ROW, BUTTON, SECTION, TEXT, SEPARATOR, CONTAINER] = [1, 2, 9, 10, 14, 17];
const [PRIMARY, SUCCESS, DANGER, LINK] = [1, 3, 4, 5];
const STYLES = { [PRIMARY]: "primary", [SUCCESS]: "success", [DANGER]: "danger" };

export const components = (message) => message.components.map((part) => componentNode(part, message));

function componentNode(part, message) {
  const inner = () => (part.components ?? []).map((one) => componentNode(one, message));
  if (part.type === ROW) return el("div", { class: "row", role: "group", "aria-label": "Actions" }, inner());
  if (part.type === BUTTON) return buttonNode(part, message);
  if (part.type === TEXT) return el("div", { class: "text" }, markdown(part.content));
  if (part.type === SECTION) return el("div", { class: "section" }, el("div", {}, inner()), part.accessory ? componentNode(part.accessory, message) : null);
  if (part.type === SEPARATOR) return el("hr", {});
  if (part.type === CONTAINER) {
    const node = el("div", { class: "embed" }, inner());
    if (Number.isInteger(part.accent_color)) node.style.setProperty("--bar", `#${part.accent_color.toString(16).padStart(6, "0")}`);
    return node;
  }
  return choices(part) ? menuNode(part, message) : null;
}

function buttonNode(part, message) {
  const words = [part.emoji?.id ? `:${part.emoji.name}:` : part.emoji?.name, part.label].filter(Boolean).join(" ");
  if (part.style === LINK) {
    const safe = /^https?:\/\//.test(part.url ?? "") ? part.url : null;
    return el("a", { class: "button", href: safe, target: "_blank", rel: "noopener noreferrer nofollow" }, `${words} ↗`);
  }
  const node = el("button", { class: `button ${STYLES[part.style] ?? ""}`, type: "button", disabled: part.disabled, data: { act: part.custom_id ?? "" } }, words);
  node.addEventListener("click", () => act(node, { do: "click", custom_id: part.custom_id }, message));
  return node;
}

async function act(node, wish, message) {
  if (node.getAttribute("aria-busy")) return;
  node.setAttribute("aria-busy", "true");
  await answered(ask({ ...wish, channel: message.channel_id, message: message.id }), message);
  node.removeAttribute("aria-busy");
}

// What a select menu offers, whatever it is filled with: [{value, label, description, default}].
export function choices(part) {
  const people = () => store.people.map((one) => ({ value: one.id, label: one.name }));
  const roles = () => store.roles.map((one) => ({ value: one.id, label: `@${one.name}` }));
  const channels = () => store.channels.map((one) => ({ value: one.id, label: `#${one.name}` }));
  const offered = { 3: () => part.options ?? [], 5: people, 6: roles, 7: () => [...people(), ...roles()], 8: channels }[part.type];
  if (!offered) return null;
  const given = new Set((part.default_values ?? []).map((one) => one.id));
  return offered().map((one) => ({ ...one, default: one.default || given.has(one.value) }));
}

const words = (one) => [one.emoji?.name, one.label].filter(Boolean).join(" ") + (one.description ? ` — ${one.description}` : "");

export function optionNodes(offered, nothing) {
  const none = el("option", { value: "" }, nothing);
  return [none, ...offered.map((one) => el("option", { value: one.value, selected: one.default }, words(one)))];
}

export function checkboxes(offered, name) {
  return offered.map((one) => {
    const id = newId();
    const box = el("input", { type: "checkbox", id, name, value: one.value, checked: one.default });
    const more = one.description ? el("small", {}, one.description) : null;
    return el("label", { class: "check", for: id }, box, el("span", {}, one.label, more));
  });
}

function menuNode(part, message) {
  const said = part.placeholder || "Make a selection";
  const wish = (values) => ({ do: "choose", custom_id: part.custom_id, values });
  if ((part.max_values ?? 1) === 1) {
    const node = el("select", { class: "select", "aria-label": said, disabled: part.disabled, data: { act: part.custom_id } }, optionNodes(choices(part), said));
    node.addEventListener("change", () => {
      const values = node.value === "" ? [] : [node.value];
      if (values.length >= (part.min_values ?? 1)) act(node, wish(values), message);
    });
    return node;
  }
  const boxes = checkboxes(choices(part), newId());
  const send = el("button", { class: "button primary", type: "button" }, "Choose");
  const node = el("details", { class: "select-many" }, el("summary", {}, said), el("div", { class: "boxes" }, boxes, send));
  const chosen = () => [...node.querySelectorAll("input:checked")].map((box) => box.value);
  const check = () => (send.disabled = chosen().length < (part.min_values ?? 1) || chosen().length > part.max_values);
  node.addEventListener("change", check);
  send.addEventListener("click", () => act(send, wish(chosen()), message));
  check();
  return node;
}
