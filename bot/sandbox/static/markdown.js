// Discord's Markdown as DOM nodes. What is not understood stays as it was written.

import { el } from "/static/dom.js";
import { channelName, jump, personName, placed, roleName, store } from "/static/store.js";
import { time } from "/static/times.js";

const JUMP = /^https?:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(\d+)\/(\d+)(?:\/(\d+))?\/?$/;

// Each rule: a pattern that must match where we stand, and what it becomes.
const RULES = [
  [/\\([^\sA-Za-z0-9])/y, (m) => m[1]],
  [/(`+)([\s\S]*?[^`])\1(?!`)/y, (m) => el("code", {}, m[2].trim() || m[2])],
  [/\[((?:\\[\s\S]|[^[\]\\])+)\]\(<?(https?:\/\/[^\s<>]*?)>?(?:\s+"[^"]*")?\)(?!\))/y, (m) => link(m[2], inline(m[1], false))],
  [/<(https?:\/\/[^\s<>]+)>/y, (m) => link(m[1], [m[1]])],
  [/<t:(-?\d{1,15})(?::([tTdDfFsSR]))?>/y, (m) => time(Number(m[1]), m[2] ?? "f")],
  [/<#(\d+)>/y, (m) => mention(`#${channelName(m[1])}`, () => jump(m[1]))],
  [/<@!?(\d+)>/y, (m) => mention(`@${personName(m[1])}`)],
  [/<@&(\d+)>/y, (m) => mention(`@${roleName(m[1])}`)],
  [/<\/([-\w ]+):\d+>/y, (m) => mention(`/${m[1]}`)],
  [/<a?:(\w+):\d+>/y, (m) => `:${m[1]}:`],
  [/https?:\/\/[^\s<]+[^<.,:;"'\]\s)*_|~]/y, (m) => link(m[0], [m[0]])],
  [/\|\|([\s\S]+?)\|\|/y, (m) => spoiler(m[1])],
  [/\*\*\*((?:\\[\s\S]|[^\\])+?)\*\*\*(?!\*)/y, (m) => el("strong", {}, el("em", {}, inline(m[1])))],
  [/\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, (m) => el("strong", {}, inline(m[1]))],
  [/__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, (m) => el("u", {}, inline(m[1]))],
  [/~~((?:\\[\s\S]|[^\\])+?)~~/y, (m) => el("s", {}, inline(m[1]))],
  [/\*(?!\s)((?:\\[\s\S]|\*\*|[^*\\])+?)\*(?!\*)/y, (m) => el("em", {}, inline(m[1]))],
  [/_((?:\\[\s\S]|__|[^_\\])+?)_(?![\w])/y, (m) => el("em", {}, inline(m[1]))],
  [/@(?:everyone|here)\b/y, (m) => mention(m[0])],
];
const LINKS = new Set([2, 3, 10]); // no links inside the words of a link

export function inline(text, links = true) {
  const nodes = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const found = "\\`[<h|*_~@".includes(text[at]) ? match(text, at, links) : null;
    if (found === null) {
      if (text[at] === "\n") {
        nodes.push(plain, el("br"));
        plain = "";
      } else plain += text[at];
      at += 1;
    } else {
      nodes.push(plain, found.node);
      plain = "";
      at += found.length;
    }
  }
  return [...nodes, plain].flat().filter((node) => node !== "");
}

function match(text, at, links) {
  for (let i = 0; i < RULES.length; i += 1) {
    if (!links && LINKS.has(i)) continue;
    const [pattern, made] = RULES[i];
    if (pattern.source.startsWith("_(") && /\w/.test(text[at - 1] ?? "")) continue;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { node: made(found), length: found[0].length };
  }
  return null;
}

function link(address, words) {
  const there = JUMP.exec(address);
  if (there) {
    const shown = words.length === 1 && words[0] === address ? [`#${channelName(there[2])} › message`] : words;
    const here = there[1] === store.server?.id || there[1] === "@me";
    const go = (event) => {
      event.preventDefault();
      if (here) jump(there[2], there[3]);
    };
    return el("a", { class: "jump", href: `#${there[2]}/${there[3] ?? ""}`, on: { click: go } }, shown);
  }
  let safe;
  try {
    safe = new URL(address);
  } catch {
    return el("span", {}, words);
  }
  if (safe.protocol !== "https:" && safe.protocol !== "http:") return el("span", {}, words);
  return el("a", { href: placed(safe.href), target: "_blank", rel: "noopener noreferrer nofollow", title: safe.href }, words);
}

function mention(words, act) {
  return act
    ? el("button", { class: "mention", type: "button", on: { click: act } }, words)
    : el("span", { class: "mention" }, words);
}

function spoiler(text) {
  const hidden = el("span", { inert: true }, inline(text));
  const node = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-expanded": "false", "aria-label": "Hidden: activate to show" }, hidden);
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (event.type === "keydown") event.preventDefault();
    for (const name of ["role", "tabindex", "aria-expanded", "aria-label"]) node.removeAttribute(name);
    hidden.inert = false;
    node.classList.add("shown");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", show);
  return node;
}

// Blocks: fences first, since nothing inside them means anything.
export function markdown(text) {
  const nodes = [];
  const fence = /```(?:([\w+#.-]*)\n)?([\s\S]+?)```/g;
  let from = 0;
  for (const found of text.matchAll(fence)) {
    nodes.push(...blocks(text.slice(from, found.index)));
    nodes.push(el("pre", { tabindex: 0 }, el("code", {}, found[2].replace(/\n$/, ""))));
    from = found.index + found[0].length;
  }
  return [...nodes, ...blocks(text.slice(from))];
}

function blocks(text) {
  const lines = text.replace(/^\n|\n$/g, "").split("\n");
  const nodes = [];
  let run = [];
  const flush = () => {
    if (run.length && run.join("") !== "") nodes.push(el("p", {}, inline(run.join("\n"))));
    run = [];
  };
  for (let i = 0; i < lines.length; ) {
    const block = startOfBlock(lines, i);
    if (block === null) {
      run.push(lines[i]);
      i += 1;
    } else {
      flush();
      nodes.push(block.node);
      i = block.next;
    }
  }
  flush();
  return nodes;
}

function startOfBlock(lines, i) {
  const line = lines[i];
  let found;
  if (line.startsWith(">>> ")) {
    const rest = [line.slice(4), ...lines.slice(i + 1)].join("\n");
    return { node: el("blockquote", {}, blocks(rest)), next: lines.length };
  }
  if (line.startsWith("> ")) {
    let end = i;
    while (end < lines.length && lines[end].startsWith("> ")) end += 1;
    const quoted = lines.slice(i, end).map((l) => l.slice(2)).join("\n");
    return { node: el("blockquote", {}, blocks(quoted)), next: end };
  }
  if ((found = /^(#{1,3}) +(\S.*)$/.exec(line)))
    return { node: el("p", { class: `heading h${found[1].length}`, role: "heading", "aria-level": found[1].length + 2 }, inline(found[2])), next: i + 1 };
  if ((found = /^-# +(\S.*)$/.exec(line))) return { node: el("p", { class: "subtext" }, inline(found[1])), next: i + 1 };
  return /^ *(?:[-*]|\d{1,9}\.) +\S/.test(line) ? list(lines, i) : null;
}

function list(lines, i) {
  const depth = (line) => /^ */.exec(line)[0].length;
  const own = depth(lines[i]);
  const numbered = /^ *(\d+)\./.exec(lines[i]);
  const node = numbered ? el("ol", { start: numbered[1] }) : el("ul");
  while (i < lines.length) {
    const found = /^( *)(?:[-*]|\d{1,9}\.) +(\S.*)$/.exec(lines[i]);
    const numberedToo = /^ *\d/.test(lines[i]);
    if (!found || found[1].length < own || (found[1].length <= own + 1 && numberedToo !== Boolean(numbered))) break;
    if (found[1].length > own + 1 && node.lastElementChild) {
      const inner = list(lines, i);
      node.lastElementChild.append(inner.node);
      i = inner.next;
    } else {
      node.append(el("li", {}, inline(found[2])));
      i += 1;
    }
  }
  return { node, next: i };
}

// The words alone, on one line.
export const plainText = (text) => text.split("\n").map((line) => el("p", {}, markdown(line)).textContent).join(" ").trim();
