// The page as a whole: where one is, who one is, what is shown, and what comes in.

import { drawComposer } from "/static/composer.js";
import { avatar, by, el, icon, newId, popup, toast } from "/static/dom.js";
import { labelled } from "/static/fields.js";
import { onFailure, openDialog } from "/static/form.js";
import { plainText } from "/static/markdown.js";
import { isPrivate, messageNode } from "/static/message.js";
import { forumNode, threadsOf, wayBack } from "/static/posts.js";
import * as S from "/static/store.js";
import { day } from "/static/times.js";

const { store } = S;
const COMMAND = 2;
const MINUTES = 5 * 60 * 1000;
let retry = 500;

// ---------------------------------------------------------------- places
function drawPlaces() {
  const top = store.channels.filter((one) => !one.thread || !store.channels.some((c) => c.id === one.parent));
  // A forum's posts stand in its list, and closed threads nowhere; but for the one that is open.
  const listed = (of) => threadsOf(of).filter((one) => one.id === store.current || !(of.forum || one.archived));
  const rows = top.flatMap((one) => [placeNode(one, signOf(one)), ...listed(one).map((thread) => placeNode(thread, signOf(thread)))]);
  const directs = store.directs.map((one) => placeNode(one, signOf(one)));
  by("places").replaceChildren(
    ...[...section("Channels", rows), ...(directs.length ? section("Direct messages", directs) : [])],
  );
  by("server").textContent = store.server.name;
  by("open-places").querySelector(".dot").hidden = !store.unread.size;
  const place = S.here();
  const back = wayBack(place);
  by("here").replaceChildren(...(place ? [back ?? el("span", { "aria-hidden": "true", class: "sign" }, signOf(place)), back ? " " : "", place.name] : []));
  document.title = `${store.unread.size ? "• " : ""}${place ? `${place.name} · ` : ""}${store.server.name}`;
}

function signOf(place) {
  if (store.directs.includes(place)) return "@";
  return place.private ? icon("lock") : place.forum ? icon("posts") : place.thread ? "↳" : "#";
}

const section = (words, rows) => [el("h3", {}, words), el("ul", {}, rows)];

function placeNode(place, sign) {
  const unread = store.unread.has(place.id) || (place.forum && threadsOf(place).some((post) => store.unread.has(post.id)));
  const here = place.id === store.current;
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: `place${here ? " here" : ""}${unread ? " unread" : ""}`, "aria-current": here ? "page" : null, on: { click: () => go(place.id) } },
      el("span", { class: "sign", "aria-hidden": "true" }, sign),
      el("span", { class: "place-name" }, place.name),
      unread ? el("span", { class: "dot" }, el("span", { class: "unseen" }, "unread")) : null,
    ),
  );
}

function fold(open) {
  document.body.classList.toggle("places-open", open);
  by("shade").hidden = !open;
  by("open-places").setAttribute("aria-expanded", String(open));
  if (open) by("places").querySelector("button")?.focus();
}

// ---------------------------------------------------------------- people
const rank = (person) => (person.owner ? "owner" : person.moderator ? "moderator" : "");

function drawWho() {
  const mine = S.me();
  if (!mine) return;
  by("who").replaceChildren(
    avatar(mine.name, mine.id),
    el("span", { class: "who-words" }, el("small", {}, "acting as"), el("span", { class: "who-name" }, mine.name)),
    ...badges(mine).slice(0, 1),
  );
  by("who").setAttribute("aria-label", `Acting as ${mine.name}${rank(mine) ? `, ${rank(mine)}` : ""}. Change`);
}

function badges(person) {
  const known = [rank(person), ...person.roles].filter(Boolean);
  return [...new Set(known.map((one) => one.replace(/^moderators$/i, "moderator")))].map((one) =>
    el("span", { class: `badge ${one === rank(person) ? one : ""}` }, one),
  );
}

function peopleRows(close) {
  const rows = store.people.map((one) =>
    el(
      "div",
      { class: "person" },
      el(
        "button",
        { type: "button", "aria-pressed": String(one.id === store.me), on: { click: () => (close(), become(one.id)) } },
        avatar(one.name, one.id),
        el("span", { class: "person-name" }, one.name),
        badges(one),
      ),
      el("a", { class: "icon", href: `/?as=${one.id}`, target: "_blank", rel: "noopener", "aria-label": `Open another tab as ${one.name}`, title: `Another tab as ${one.name}` }, icon("tab")),
    ),
  );
  const add = el("button", { type: "button", class: "add", on: { click: () => (close(), addPerson()) } }, icon("plus"), "Add a person");
  return [el("p", { class: "menu-head" }, "Act as"), ...rows, add];
}

function addPerson() {
  const name = el("input", { type: "text", maxlength: 32, required: true, autocomplete: "off" });
  const boxes = store.roles.map((role) => {
    const id = newId();
    return el("label", { class: "check", for: id }, el("input", { type: "checkbox", id, value: role.id }), el("span", {}, role.name));
  });
  const roles = boxes.length ? el("fieldset", { class: "field" }, el("legend", {}, "Roles"), boxes) : null;
  const problem = el("p", { class: "problem", role: "alert" });
  const send = el("button", { class: "button primary", type: "submit" }, "Add");
  const dialog = openDialog("Add a person", [labelled(name, "Name", null, true), roles, problem], send, async () => {
    const chosen = [...dialog.querySelectorAll("input:checked")].map((box) => box.value);
    const answer = await S.ask({ do: "person", name: name.value, roles: chosen });
    if (answer.event === "failed") return (problem.textContent = answer.text);
    dialog.close();
    return become(answer.person);
  });
}

function become(id) {
  S.choosePerson(id);
  open();
}

// ---------------------------------------------------------------- messages
const log = by("log");
const toEnd = () => (log.scrollTop = log.scrollHeight);
let pinned = true; // to the end, until one scrolls away

// A thread begins with the message it stands under.
function arranged() {
  const place = S.here();
  const start = place?.thread ? S.inside(place.parent).get(place.id) : undefined;
  return [...(start ? [start] : []), ...S.inside(store.current).values()];
}

// What a newcomer may try, until it is put away.
function welcomeNode() {
  const close = () => {
    localStorage.setItem("welcomed", "yes");
    by("welcome").remove();
  };
  return el(
    "section",
    { class: "welcome", id: "welcome", "aria-labelledby": "welcome-head" },
    el("h2", { id: "welcome-head" }, store.welcome.title),
    el("ol", {}, store.welcome.steps.map((step) => el("li", {}, step))),
    el("button", { class: "link", type: "button", on: { click: close } }, "Got it"),
  );
}

const isWelcome = () => store.welcome && store.current === store.channels[0]?.id && !localStorage.getItem("welcomed");

function drawLog() {
  const place = S.here();
  if (place?.forum) return log.replaceChildren(forumNode(place));
  const all = arranged();
  const nodes = isWelcome() ? [welcomeNode()] : [];
  if (all.length && !store.complete.has(store.current)) nodes.push(el("button", { class: "link earlier", type: "button", on: { click: () => earlier() } }, "Earlier messages"));
  if (!all.length) nodes.push(el("p", { class: "empty" }, "Nothing has been said here yet."));
  all.forEach((message, i) => nodes.push(...withDay(message, all[i - 1])));
  return log.replaceChildren(...nodes);
}

function withDay(message, previous) {
  const newDay = !previous || day(previous.timestamp) !== day(message.timestamp);
  const divider = newDay ? [el("p", { class: "day" }, el("span", {}, day(message.timestamp)))] : [];
  return [...divider, messageNode(message, !newDay && follows(message, previous))];
}

function follows(message, previous) {
  const close = new Date(message.timestamp) - new Date(previous.timestamp) < MINUTES;
  const plain = message.type === 0 && !message.message_reference && isPrivate(message) === isPrivate(previous);
  return close && plain && previous.author.id === message.author.id;
}

function showMessage(message, isNew) {
  const known = S.keep(message);
  if (message.channel_id !== store.current && !by(`m-${message.id}`)) {
    if (isNew && message.author.id !== store.me) store.unread.add(message.channel_id);
    drawForum();
    return drawPlaces();
  }
  const mine = isNew && isAnswerToCommand(message);
  const stay = pinned || mine;
  const old = by(`m-${message.id}`);
  if (old) redraw(old, message);
  else if (!known) append(message);
  if (stay) toEnd();
  if (mine) showFromTop(message);
  if (!stay && isPrivate(message)) hint(message);
  if (isNew) announce(message);
  return undefined;
}

// Whoever typed a command waits for its answer and is led there.
const isAnswerToCommand = ({ interaction_metadata: from }) => from?.type === COMMAND && from.user.id === store.me;

function showFromTop(message) {
  const node = by(`m-${message.id}`);
  if (node.offsetHeight > log.clientHeight) node.scrollIntoView({ block: "start" });
}

function redraw(old, message) {
  const node = messageNode(message, old.classList.contains("follows"));
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.act : undefined;
  old.replaceWith(node);
  if (focused) [...node.querySelectorAll("[data-act]")].find((one) => one.dataset.act === focused)?.focus();
}

function append(message) {
  const all = arranged();
  const previous = all[all.indexOf(message) - 1];
  log.querySelector(".empty")?.remove();
  const nodes = withDay(message, previous);
  const before = previous && by(`m-${previous.id}`);
  if (before) before.after(...nodes);
  else log.append(...nodes);
}

// A private answer stands at the end, as in Discord; whoever has scrolled up is told, and led there.
function hint(message) {
  const node = by(`m-${message.id}`);
  if (!node || node.getBoundingClientRect().top < log.getBoundingClientRect().bottom) return;
  by("hint").replaceChildren(el("span", { class: "hint-words" }, `Only you can see: ${firstWords(message)}`), " ↓");
  by("hint").hidden = false;
}

const hideHint = () => (by("hint").hidden = true);

const wordsOf = (message) => plainText(message.content || message.embeds.map((one) => [one.title, one.description].filter(Boolean).join("\n")).join("\n"));
const firstWords = (message) => plainText((message.content || message.embeds[0]?.title || message.embeds[0]?.description || "").split("\n")[0]).slice(0, 120);

function announce(message) {
  const words = wordsOf(message);
  by("heard").textContent = `${message.author.bot ? message.author.username : S.personName(message.author.id)}: ${words.slice(0, 200)}`;
}

function drawForum() {
  if (S.here()?.forum) drawLog();
}

function removed(event) {
  S.inside(event.channel_id).delete(event.id);
  const node = by(`m-${event.id}`);
  if (!node) return;
  const next = node.nextElementSibling;
  const heir = !node.classList.contains("follows") && next?.classList.contains("follows") ? S.inside(event.channel_id).get(next.id.slice(2)) : null;
  node.remove();
  if (heir) next.replaceWith(messageNode(heir, false));
  if (!S.inside(event.channel_id).size) drawLog();
}

function failure(text, message) {
  const close = () => node.remove();
  const node = el("p", { class: "failed", role: "alert" }, el("span", {}, text), " ", el("button", { class: "link", type: "button", on: { click: close } }, "Dismiss"));
  const under = message && by(`m-${message.id}`)?.querySelector(".said");
  under?.querySelector(".failed")?.remove();
  (under ?? log).append(node);
  node.scrollIntoView({ block: "nearest" });
}

async function earlier(backTo) {
  const first = [...S.inside(store.current).keys()][0] ?? "9".repeat(19);
  const answer = await S.ask({ do: "earlier", channel: store.current, before: first, back_to: backTo });
  if (answer.event === "failed") return toast(answer.text);
  const height = log.scrollHeight;
  S.keepEarlier(answer.channel, answer.messages);
  drawLog();
  log.scrollTop += log.scrollHeight - height;
  return undefined;
}

// ---------------------------------------------------------------- going about
function go(channel) {
  store.current = channel;
  store.unread.delete(channel);
  sessionStorage.setItem("place", channel);
  fold(false);
  hideHint();
  drawPlaces();
  drawLog();
  drawComposer();
  pinned = !isWelcome() && !S.here()?.forum; // whose posts are read from the top
  if (pinned) toEnd();
  else log.scrollTop = 0;
}

// Whoever becomes somebody else, or is connected again, keeps their place.
function inSight() {
  const top = log.getBoundingClientRect().top;
  const nodes = [...log.querySelectorAll(".message, .welcome")];
  return nodes.map((node) => ({ id: node.id, below: node.getBoundingClientRect().top - top, end: node.getBoundingClientRect().bottom - top })).filter((one) => one.end > 0);
}

function restore(read) {
  const found = read.find((one) => by(one.id));
  if (!found) return;
  log.scrollTop += by(found.id).getBoundingClientRect().top - log.getBoundingClientRect().top - found.below;
  pinned = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
}

async function jump(channel, message) {
  if (![...store.channels, ...store.directs].some((one) => one.id === channel)) return toast("You cannot see that channel.");
  if (channel !== store.current) go(channel);
  if (!message) return undefined;
  if (!S.inside(channel).has(message)) await earlier(message);
  const node = by(`m-${message}`);
  if (!node) return toast("That message is not here.");
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  node.classList.remove("found");
  void node.offsetWidth; // so that the highlight starts again
  return node.classList.add("found");
}

// ---------------------------------------------------------------- coming in
const HEARD = {
  hello: (event) => {
    const was = store.current;
    const read = pinned ? [] : inSight();
    const before = store.me === event.me ? store.unread : new Set();
    Object.assign(store, { ...event, messages: new Map(), complete: new Set(), unread: before });
    for (const [channel, messages] of Object.entries(event.messages)) {
      store.messages.set(channel, new Map(messages.map((message) => [message.id, message])));
      if (messages.length < 150) store.complete.add(channel);
    }
    const places = [...store.channels, ...store.directs];
    const wanted = location.hash.slice(1).split("/");
    const last = [wanted[0], store.current, sessionStorage.getItem("place")].find((id) => places.some((one) => one.id === id));
    drawWho();
    drawStatus();
    if (places.length) go(last ?? places[0].id);
    if (was === store.current && read.length) restore(read);
    if (wanted[1] && last === wanted[0]) jump(...wanted);
    history.replaceState(null, "", "/");
  },
  message: (event) => showMessage(event.message, event.new),
  removed,
  around: (event) => {
    const could = S.here()?.can_write;
    Object.assign(store, { people: event.people, roles: event.roles, channels: event.channels, directs: event.directs, commands: event.commands });
    event.channels.filter((one) => !store.messages.has(one.id)).forEach((one) => store.complete.add(one.id)); // opened just now
    if (!S.here()) return go(store.channels[0].id);
    drawPlaces();
    drawForum();
    if (S.here().can_write !== could) drawComposer();
    return drawWho();
  },
  commands: (event) => (store.commands = event.commands),
  bot: (event) => {
    store.online = event.online;
    drawStatus();
  },
};

function drawStatus(words) {
  const node = by("status");
  const lost = words ?? (store.online ? "" : `${store.bot.username} is not connected`);
  node.textContent = lost || `${store.bot.username} is connected`;
  node.classList.toggle("off", Boolean(lost));
}

function open() {
  S.connect(
    sessionStorage.getItem("person") ?? "",
    (event) => {
      retry = 500;
      HEARD[event.event]?.(event);
    },
    () => {
      if (store.bot) drawStatus("Connecting again…");
      setTimeout(open, (retry = Math.min(retry * 2, 8000)));
    },
  );
}

S.chosenPerson();
S.onJump(jump);
onFailure(failure);
popup(by("who"), by("people"), peopleRows);
by("open-places").addEventListener("click", () => fold(!document.body.classList.contains("places-open")));
by("shade").addEventListener("click", () => fold(false));
document.addEventListener("keydown", (event) => event.key === "Escape" && fold(false));
by("skip").addEventListener("click", (event) => {
  event.preventDefault();
  by("text")?.focus();
});
log.addEventListener("scroll", () => {
  pinned = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  if (pinned) hideHint();
});
by("hint").addEventListener("click", () => (toEnd(), hideHint(), log.focus()));
log.addEventListener("load", () => pinned && toEnd(), true); // pictures arrive late
new ResizeObserver(() => pinned && toEnd()).observe(log);
by("open-places").prepend(icon("places"));
open();
