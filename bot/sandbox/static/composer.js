// The box at the bottom: plain messages, and slash commands with their options.

import { lines, matching, optionInput } from "/static/commands.js";
import { by, el, newId, toast } from "/static/dom.js";
import { answered } from "/static/form.js";
import { ask, channelName, me, store, upload } from "/static/store.js";

const SHOWN = 40;
const drafts = new Map(); // channel -> what was typed there

export function drawComposer() {
  const place = [...store.channels, ...store.directs].find((one) => one.id === store.current);
  const box = by("composer");
  by("skip").hidden = !place || place.can_write === false; // then there is no message box
  if (!place) return box.replaceChildren();
  if (place.can_write === false) return box.replaceChildren(el("p", { class: "closed" }, "You cannot write here."));
  box.replaceChildren(...textBox(place));
}

function textBox(place) {
  const listId = newId();
  const list = el("ul", { class: "suggestions", role: "listbox", tabindex: 0, id: listId, "aria-label": "Commands", hidden: true });
  const text = el("textarea", {
    id: "text", rows: 1, maxlength: 2000, placeholder: "Message, or / for commands",
    "aria-label": `Message ${place.name} as ${me()?.name ?? ""}`, "aria-controls": listId, "aria-autocomplete": "list",
  });
  const send = el("button", { class: "button primary send", type: "button", "aria-label": "Send" }, "Send");
  text.value = drafts.get(place.id) ?? "";
  const state = { list, text, found: [], marked: 0 };
  text.addEventListener("input", () => {
    drafts.set(place.id, text.value);
    grow(text);
    suggest(state);
  });
  text.addEventListener("keydown", (event) => keys(event, state));
  text.addEventListener("blur", () => setTimeout(() => hide(state), 150));
  send.addEventListener("click", () => say(state));
  setTimeout(() => grow(text));
  return [list, el("div", { class: "box" }, text, send)];
}

function grow(text) {
  text.style.setProperty("height", "auto");
  text.style.setProperty("height", `${Math.min(text.scrollHeight, 200)}px`);
}

function suggest(state) {
  const typed = /^\/([^\n]*)$/.exec(state.text.value);
  state.found = typed ? matching(typed[1]).slice(0, SHOWN) : [];
  state.marked = 0;
  if (!state.found.length) return hide(state);
  state.list.replaceChildren(
    ...state.found.map((one, i) =>
      el(
        "li",
        { role: "option", id: `${state.list.id}-${i}`, on: { pointerdown: (event) => (event.preventDefault(), choose(one)) } },
        el("span", { class: "line" }, `/${one.line}`),
        el("span", { class: "about" }, one.description),
      ),
    ),
  );
  state.list.hidden = false;
  mark(state, 0);
}

function mark(state, step) {
  state.marked = (state.marked + step + state.found.length) % state.found.length;
  [...state.list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === state.marked)));
  state.text.setAttribute("aria-activedescendant", `${state.list.id}-${state.marked}`);
  state.list.children[state.marked].scrollIntoView({ block: "nearest" });
}

function hide(state) {
  state.list.hidden = true;
  state.text.removeAttribute("aria-activedescendant");
}

function keys(event, state) {
  const listed = !state.list.hidden;
  if (listed && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    mark(state, event.key === "ArrowDown" ? 1 : -1);
  } else if (listed && (event.key === "Enter" || event.key === "Tab")) {
    event.preventDefault();
    choose(state.found[state.marked]);
  } else if (listed && event.key === "Escape") hide(state);
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    say(state);
  }
}

async function say(state) {
  const text = state.text.value.trim();
  if (!text) return;
  if (text.startsWith("/")) {
    const exact = lines().find((one) => `/${one.line}` === text);
    if (exact) return choose(exact);
    return toast(`There is no command ${text.split(/\s/)[0]}.`);
  }
  const answer = await ask({ do: "say", channel: store.current, text });
  if (answer.event === "failed") return toast(answer.text);
  state.text.value = "";
  drafts.delete(store.current);
  grow(state.text);
}

// The chosen command, with an input for each of its options; Enter runs it.
function choose(command) {
  const fields = [];
  const draft = () => Object.fromEntries(fields.filter((one) => !one.files).map((one) => [one.name, one.read()]).filter(([, value]) => value !== undefined));
  fields.push(...command.options.map((option) => optionInput(option, command, draft)));
  const place = store.directs.some((one) => one.id === store.current) ? "private" : `#${channelName(store.current)}`;
  const run = el("button", { class: "button primary", type: "submit" }, "Run");
  const cancel = el("button", { class: "button", type: "button", on: { click: leave } }, "Cancel");
  const form = el(
    "form",
    { class: "command", "aria-label": `/${command.line}` },
    el("p", { class: "command-head" }, el("span", { class: "line" }, `/${command.line}`), el("span", { class: "about" }, command.description)),
    fields.length ? el("div", { class: "options" }, fields.map((one) => one.node)) : null,
    el("div", { class: "row end" }, el("span", { class: "as" }, `as ${me()?.name ?? ""} in ${place}`), cancel, run),
  );
  form.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start(command, fields, run);
  });
  drafts.delete(store.current);
  by("composer").replaceChildren(form);
  (form.querySelector("input, select") ?? run).focus();
}

function leave() {
  drawComposer();
  by("text")?.focus();
}

async function start(command, fields, run) {
  const values = {};
  const channel = store.current;
  run.disabled = true;
  try {
    for (const field of fields) {
      const value = field.read();
      if (value !== undefined) values[field.name] = field.files ? await upload(value) : value;
    }
  } catch (error) {
    run.disabled = false;
    return toast(error.message);
  }
  const asking = ask({ do: "command", channel, line: command.line, values });
  leave();
  return answered(asking);
}
