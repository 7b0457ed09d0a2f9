// Builds page elements. Content becomes text nodes, never markup.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [event, heard] of Object.entries(value)) node.addEventListener(event, heard);
    } else if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

let count = 0;
export const newId = () => `e${++count}`;

export const by = (id) => document.getElementById(id);

export function avatar(name, id) {
  const node = el("span", { class: "avatar", "aria-hidden": "true" });
  node.textContent = [...name.trim()][0]?.toUpperCase() ?? "?";
  const hue = [...(name + id)].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 0x01000193) >>> 0, 0x811c9dc5) % 360;
  node.style.setProperty("--hue", String(hue));
  return node;
}

const SHAPES = {
  places: "M3 5h14M3 10h14M3 15h14",
  posts: "M4 4h12v9H9l-4 3v-3H4z",
  lock: "M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3",
  tab: "M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7",
  plus: "M10 4v12M4 10h12",
  more: "M5 10h.01M10 10h.01M15 10h.01",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("shape");
  svg.append(path);
  return svg;
}

let hiding;
export function toast(text) {
  const node = by("toast");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (node.hidden = true), 6000);
}

// A button that opens a panel; Escape, a click elsewhere and a choice close it.
export function popup(button, panel, fill) {
  const close = (refocus) => {
    if (panel.hidden) return;
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (refocus) button.focus();
  };
  const outside = (event) => {
    if (!panel.contains(event.target) && !button.contains(event.target)) close(false);
  };
  button.addEventListener("click", () => {
    if (!panel.hidden) return close(true);
    panel.replaceChildren(...fill(() => close(true)));
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    panel.querySelector("button, a, input")?.focus();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close(true);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [...panel.querySelectorAll("button, a, input")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
    event.preventDefault();
  });
}
