// Slash commands: the list while typing, and the inputs of the one that was chosen.

import { optionNodes } from "/static/components.js";
import { el, newId } from "/static/dom.js";
import { labelled } from "/static/fields.js";
import { ask, store } from "/static/store.js";

const SLASH = 1;
const [SUBCOMMAND, GROUP] = [1, 2];
const [STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT] = [3, 4, 5, 6, 7, 8, 9, 10, 11];

// Every line one can run: "claim", "claim list", "a group sub".
export function lines(commands = store.commands.filter((one) => one.type === SLASH), before = "") {
  return commands.flatMap((one) => {
    const line = `${before}${one.name}`;
    const inner = (one.options ?? []).filter((option) => option.type === SUBCOMMAND || option.type === GROUP);
    if (inner.length) return lines(inner, `${line} `);
    return [{ line, description: one.description, options: one.options ?? [] }];
  });
}

export function matching(typed) {
  const wanted = typed.trim().toLowerCase();
  const all = lines().sort((a, b) => a.line.localeCompare(b.line));
  const first = all.filter((one) => one.line.startsWith(wanted));
  return [...first, ...all.filter((one) => !first.includes(one) && one.line.includes(wanted))];
}

// One input per option: {name, node, read() -> value or undefined, files}.
export function optionInput(option, command, draft) {
  if (option.autocomplete) return completed(option, command, draft);
  const { input, read, files } = plainInput(option);
  input.required = Boolean(option.required);
  return { name: option.name, node: labelled(input, option.name, option.description, option.required), read, files };
}

function plainInput(option) {
  const choice = (offered, made = (value) => value) => {
    const input = el("select", {}, optionNodes(offered, option.required ? "Choose" : "—"));
    return { input, read: () => (input.value === "" ? undefined : made(input.value)) };
  };
  if (option.choices?.length) {
    const offered = option.choices.map((one, i) => ({ value: String(i), label: one.name }));
    return choice(offered, (i) => option.choices[i].value);
  }
  const people = store.people.map((one) => ({ value: one.id, label: one.name }));
  const roles = store.roles.map((one) => ({ value: one.id, label: `@${one.name}` }));
  switch (option.type) {
    case BOOLEAN:
      return choice([{ value: "true", label: "True" }, { value: "false", label: "False" }], (value) => value === "true");
    case USER:
      return choice(people);
    case ROLE:
      return choice(roles);
    case MENTIONABLE:
      return choice([...people, ...roles]);
    case CHANNEL:
      return choice(store.channels.map((one) => ({ value: one.id, label: `#${one.name}` })));
    case ATTACHMENT: {
      const input = el("input", { type: "file" });
      return { input, read: () => input.files[0], files: true };
    }
    default:
      return typedInput(option);
  }
}

function typedInput(option) {
  const number = option.type === INTEGER || option.type === NUMBER;
  const limits = number
    ? { type: "number", step: option.type === INTEGER ? 1 : "any", min: option.min_value, max: option.max_value }
    : { type: "text", minlength: option.min_length, maxlength: option.max_length ?? 6000 };
  const input = el("input", { ...limits, autocomplete: "off" });
  return { input, read: () => (input.value === "" ? undefined : number ? Number(input.value) : input.value) };
}

// An input that the bot completes while one types; free text is possible, as in Discord.
function completed(option, command, draft) {
  const listId = newId();
  const number = option.type !== STRING;
  const input = el("input", {
    type: "text", autocomplete: "off", role: "combobox", inputmode: number ? "decimal" : null, required: option.required,
    "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list",
  });
  const list = el("ul", { class: "completions", role: "listbox", id: listId, hidden: true });
  let chosen; // the value behind the words that were picked
  let marked = -1;
  let round = 0;
  let timer;

  const close = () => {
    list.hidden = true;
    marked = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (one) => {
    input.value = one.name;
    chosen = one.value;
    close();
  };
  const stand = () => {
    const box = input.getBoundingClientRect(); // over whatever scrolls around it
    const room = innerHeight - box.bottom - 16;
    const below = room > 200;
    const place = { left: box.left, width: box.width, "max-height": Math.min(300, below ? room : box.top - 70) };
    for (const [name, value] of Object.entries(place)) list.style.setProperty(name, `${value}px`);
    list.style.setProperty("top", below ? `${box.bottom + 6}px` : "auto");
    list.style.setProperty("bottom", below ? "auto" : `${innerHeight - box.top + 6}px`);
  };
  const show = (offered) => {
    list.replaceChildren(
      ...(offered.length ? offered : [null]).map((one, i) =>
        one
          ? el("li", { role: "option", id: `${listId}-${i}`, on: { pointerdown: (event) => (event.preventDefault(), pick(one)) } }, one.name)
          : el("li", { class: "none" }, "Nothing fits"),
      ),
    );
    list.offered = offered;
    list.hidden = false;
    stand();
    input.setAttribute("aria-expanded", "true");
  };
  const complete = async () => {
    const mine = ++round;
    const values = { ...draft(), [option.name]: input.value };
    const answer = await ask({ do: "complete", channel: store.current, line: command.line, focused: option.name, values });
    if (mine !== round || document.activeElement !== input) return;
    if (answer.event === "choices") show(answer.choices);
    else close();
  };
  const mark = (step) => {
    const all = list.offered ?? [];
    if (list.hidden || !all.length) return;
    marked = (marked + step + all.length) % all.length;
    [...list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === marked)));
    input.setAttribute("aria-activedescendant", `${listId}-${marked}`);
    list.children[marked].scrollIntoView({ block: "nearest" });
  };
  input.addEventListener("input", () => {
    chosen = undefined;
    clearTimeout(timer);
    timer = setTimeout(complete, 200);
  });
  input.addEventListener("focus", complete);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? 1 : -1);
    } else if (!list.hidden && event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (!list.hidden && marked >= 0 && (event.key === "Enter" || event.key === "Tab")) {
      if (event.key === "Enter") event.preventDefault();
      pick(list.offered[marked]);
    }
  });
  const read = () => chosen ?? (input.value === "" ? undefined : number ? Number(input.value) : input.value);
  const node = labelled(input, option.name, option.description, option.required);
  node.append(list);
  node.classList.add("completing");
  return { name: option.name, node, read };
}
