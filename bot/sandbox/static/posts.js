// A forum: its posts in a list, open ones first, each with its tags. Under a message: its thread.

import { el, icon } from "/static/dom.js";
import { jump, store } from "/static/store.js";

const find = (id) => store.channels.find((one) => one.id === id);
export const threadsOf = (place) => store.channels.filter((one) => one.thread && one.parent === place.id);
const spoken = (post) => (post.said === 1 ? "1 message" : `${post.said} messages`);
const latest = (one, other) => (BigInt(one.last) < BigInt(other.last) ? 1 : -1);

export function forumNode(forum) {
  const posts = threadsOf(forum).sort(latest);
  const part = (words, some) => (some.length ? [el("h2", {}, words), el("ul", {}, some.map((post) => postNode(post, forum)))] : []);
  const node = el(
    "div",
    { class: "posts" },
    ...part("Open posts", posts.filter((post) => !post.archived)),
    ...part("Closed posts", posts.filter((post) => post.archived)),
  );
  return posts.length ? node : el("p", { class: "empty" }, "There are no posts here yet.");
}

function postNode(post, forum) {
  const tags = forum.tags.filter((tag) => post.tags.includes(tag.id)).map((tag) => el("span", { class: "badge" }, tag.name));
  const unread = store.unread.has(post.id) ? el("span", { class: "dot" }, el("span", { class: "unseen" }, "unread")) : null;
  const lock = post.locked ? [icon("lock"), el("span", { class: "unseen" }, "locked")] : [];
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "post", on: { click: () => jump(post.id) } },
      el("span", { class: "post-name" }, lock, post.name),
      el("span", { class: "post-about" }, unread, tags, spoken(post)),
    ),
  );
}

// The way from a message to the thread under it, and from a thread or post back to its channel.
export function threadLink(message) {
  const thread = message.id === message.channel_id ? null : find(message.id);
  if (!thread || thread.id === store.current) return null;
  return el("button", { type: "button", class: "thread", on: { click: () => jump(thread.id) } }, `↳ ${thread.name} · ${spoken(thread)}`);
}

export function wayBack(place) {
  const parent = place?.thread ? find(place.parent) : null;
  if (!parent) return null;
  return el("button", { type: "button", class: "link back", on: { click: () => jump(parent.id) } }, `‹ ${parent.name}`);
}
