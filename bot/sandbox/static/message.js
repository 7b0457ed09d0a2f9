// One message: who, when, the words, embeds, files, buttons.

import { avatar, el, icon, popup } from "/static/dom.js";
import { components } from "/static/components.js";
import { answered } from "/static/form.js";
import { inline, markdown, plainText } from "/static/markdown.js";
import { threadLink } from "/static/posts.js";
import { ask, inside, jump, personName, placed, store } from "/static/store.js";
import { clock, format } from "/static/times.js";

const EPHEMERAL = 64;
const LOADING = 128;
const NO_EMBEDS = 4;
const MESSAGE_MENU = 3;

export const isPrivate = (message) => Boolean(message.flags & EPHEMERAL);

export function messageNode(message, follows) {
  const hidden = isPrivate(message);
  const name = nameOf(message.author);
  return el(
    "article",
    { class: `message${follows ? " follows" : ""}${hidden ? " private" : ""}`, id: `m-${message.id}`, tabindex: -1, "aria-label": `${name}, ${clock(message.timestamp)}: ${gist(message)}` },
    before(message),
    follows ? null : avatar(name, message.author.id),
    el(
      "div",
      { class: "said" },
      follows ? null : head(message, name),
      words(message),
      message.flags & NO_EMBEDS ? [] : message.embeds.map(embedNode),
      message.attachments.map(fileNode),
      components(message),
      threadLink(message),
      hidden ? privacy(message) : null,
    ),
    message.flags & LOADING ? null : more(message),
  );
}

// What a message is called where it cannot be seen: for a card, its claim.
function gist(message) {
  const [embed] = message.embeds;
  return plainText(message.content || [embed?.title, embed?.description].filter(Boolean).join("\n")).slice(0, 100);
}

const nameOf = (author) => (author.id === store.bot.id ? author.username : personName(author.id));

function head(message, name) {
  const badge = message.author.bot ? el("span", { class: "badge bot" }, "bot") : null;
  const when = el("time", { datetime: message.timestamp, title: format(new Date(message.timestamp), "F") }, clock(message.timestamp));
  return el("p", { class: "head" }, el("span", { class: "name" }, name), badge, when);
}

function before(message) {
  const from = message.interaction_metadata;
  if (message.type === 20 && from) {
    const used = from.name ? [" used ", el("span", { class: "mention" }, from.name)] : [];
    return el("p", { class: "before" }, "↳ ", el("strong", {}, personName(from.user.id)), used);
  }
  const to = message.message_reference?.message_id;
  if (!to) return null;
  const replied = inside(message.channel_id).get(to);
  const said = replied ? `${nameOf(replied.author)}: ${(replied.content || replied.embeds[0]?.title || "…").slice(0, 80)}` : "a message";
  return el("button", { class: "before", type: "button", on: { click: () => jump(message.channel_id, to) } }, `↳ ${said}`);
}

function words(message) {
  if (message.flags & LOADING)
    return el("p", { class: "thinking" }, `${nameOf(message.author)} is thinking`, el("span", { class: "dots", "aria-hidden": "true" }, "…"));
  if (!message.content) return null;
  const edited = message.edited_timestamp ? el("small", { title: format(new Date(message.edited_timestamp), "F") }, "(edited)") : null;
  return el("div", { class: "text" }, markdown(message.content), edited);
}

export function embedNode(embed) {
  const node = el(
    "div",
    { class: "embed" },
    embed.thumbnail ? picture(embed.thumbnail.url, "thumbnail") : null,
    embed.author?.name ? el("p", { class: "by" }, linked(embed.author.url, [embed.author.name])) : null,
    embed.title ? el("p", { class: "title", role: "heading", "aria-level": 3 }, linked(embed.url, inline(embed.title, !embed.url))) : null,
    embed.description ? el("div", { class: "text" }, markdown(embed.description)) : null,
    embed.fields?.length ? el("dl", { class: "fields" }, embed.fields.map(fieldNode)) : null,
    embed.image ? picture(embed.image.url, "image") : null,
    foot(embed),
  );
  const colour = Number.isInteger(embed.color) ? `#${embed.color.toString(16).padStart(6, "0")}` : null;
  if (colour) node.style.setProperty("--bar", colour);
  return node;
}

function fieldNode(field) {
  return el("div", { class: field.inline ? "inline" : "" }, el("dt", {}, inline(field.name)), el("dd", { class: "text" }, markdown(field.value)));
}

function foot(embed) {
  const parts = [embed.footer?.text, embed.timestamp ? format(new Date(embed.timestamp), "s") : null].filter(Boolean);
  return parts.length ? el("p", { class: "foot" }, parts.join(" • ")) : null;
}

function linked(address, words) {
  if (!/^https?:\/\//.test(address ?? "")) return words;
  return el("a", { href: placed(address), target: "_blank", rel: "noopener noreferrer nofollow" }, words);
}

// Only what was sent here is shown; pictures elsewhere are named, not fetched.
const local = (address) => {
  const path = /^https?:\/\/127\.0\.0\.1:\d+(\/attachments\/.*)$/.exec(address ?? "");
  return path ? path[1] : null;
};

function picture(address, kind, words = "") {
  const path = local(address);
  if (path === null) return /^https?:/.test(address ?? "") ? el("p", { class: "elsewhere" }, linked(address, ["Picture on another site"])) : null;
  return el("a", { class: kind, href: path, target: "_blank", rel: "noopener" }, el("img", { src: path, alt: words, loading: "lazy" }));
}

function fileNode(file) {
  if (file.content_type?.startsWith("image/")) return picture(file.url, "image", file.description ?? file.filename);
  const size = file.size < 1024 ? `${file.size} B` : file.size < 2 ** 20 ? `${(file.size / 1024).toFixed(1)} KB` : `${(file.size / 2 ** 20).toFixed(1)} MB`;
  return el(
    "a",
    { class: "file", href: local(file.url), download: file.filename },
    el("span", { class: "file-name" }, file.filename),
    el("span", { class: "file-size" }, `${size} · download`),
  );
}

function privacy(message) {
  const dismiss = () => ask({ do: "dismiss", channel: message.channel_id, message: message.id });
  return el("p", { class: "only" }, "Only you can see this · ", el("button", { class: "link", type: "button", on: { click: dismiss } }, "Dismiss"));
}

function more(message) {
  const button = el("button", { class: "icon more", type: "button", "aria-label": "More", "aria-haspopup": "true", "aria-expanded": "false" }, icon("more"));
  const panel = el("div", { class: "menu", hidden: true });
  popup(button, panel, (close) => [
    ...store.commands
      .filter((command) => command.type === MESSAGE_MENU && !isPrivate(message))
      .map((command) =>
        item(command.name, () => {
          close();
          answered(ask({ do: "menu", channel: message.channel_id, message: message.id, name: command.name }), message);
        }),
      ),
    item("Copy link", () => {
      close();
      navigator.clipboard?.writeText(`https://discord.com/channels/${store.server.id}/${message.channel_id}/${message.id}`);
    }),
  ]);
  return el("div", { class: "more-of" }, button, panel);
}

const item = (words, act) => el("button", { type: "button", on: { click: act } }, words);
