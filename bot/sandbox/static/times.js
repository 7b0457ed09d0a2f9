// Moments in the reader's own zone and language.

import { el } from "/static/dom.js";

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
const STEPS = [
  ["year", 31536000],
  ["month", 2592000],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

export const format = (date, style) => new Intl.DateTimeFormat(undefined, STYLES[style]).format(date);

function ago(date) {
  const seconds = (date - Date.now()) / 1000;
  const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? STEPS.at(-1);
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(seconds / length), unit);
}

export function time(unix, style) {
  const date = new Date(unix * 1000);
  if (Number.isNaN(date.getTime())) return `<t:${unix}:${style}>`;
  const words = style === "R" ? ago(date) : format(date, style);
  return el("time", { datetime: date.toISOString(), title: format(date, "F"), data: style === "R" ? { relative: unix } : {} }, words);
}

export const clock = (iso) => format(new Date(iso), "t");
export const day = (iso) => format(new Date(iso), "D");

setInterval(() => {
  for (const node of document.querySelectorAll("time[data-relative]")) {
    node.textContent = ago(new Date(Number(node.dataset.relative) * 1000));
  }
}, 20000);
