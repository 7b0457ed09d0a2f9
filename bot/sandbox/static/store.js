// What this tab knows, who it acts as, and its line to the server.

export const store = {
  server: null, bot: null, me: null, online: true,
  people: [], roles: [], channels: [], directs: [], commands: [],
  messages: new Map(), // channel -> Map(message id -> message), oldest first
  complete: new Set(), // channels whose beginning is loaded
  unread: new Set(),
  web: [], // addresses of pages elsewhere that can be read here
  current: null,
};

const find = (list, id) => list.find((one) => one.id === id);
export const here = () => find(store.channels, store.current) ?? find(store.directs, store.current);
export const channelName = (id) => (find(store.channels, id) ?? find(store.directs, id))?.name ?? "unknown";
export const roleName = (id) => (id === store.server?.id ? "everyone" : find(store.roles, id)?.name ?? "role");
export const personName = (id) => (id === store.bot?.id ? store.bot.username : find(store.people, id)?.name ?? "somebody");
export const me = () => find(store.people, store.me);
export const inside = (channel) => store.messages.get(channel) ?? new Map();

export function keep(message) {
  const here = inside(message.channel_id);
  const known = here.has(message.id);
  here.set(message.id, message);
  store.messages.set(message.channel_id, here);
  return known;
}

export function keepEarlier(channel, older) {
  const merged = new Map(older.map((message) => [message.id, message]));
  for (const [id, message] of inside(channel)) merged.set(id, message);
  store.messages.set(channel, merged);
  if (!older.length) store.complete.add(channel);
}

// A page elsewhere that this server has the text of is read here.
export function placed(address) {
  const [page, ...rest] = address.split("#");
  return store.web.includes(page) ? [`/page/web?at=${encodeURIComponent(page)}`, ...rest].join("#") : address;
}

// Going somewhere is the app's to do; it says how.
let going = () => {};
export const onJump = (go) => (going = go);
export const jump = (channel, message) => going(channel, message);

// Who this tab acts as: each tab may be another person.
export function chosenPerson() {
  const asked = new URLSearchParams(location.search).get("as");
  if (asked) sessionStorage.setItem("person", asked);
  history.replaceState(null, "", "/" + location.hash); // the token need not stay in sight
  return sessionStorage.getItem("person") ?? "";
}
export const choosePerson = (id) => sessionStorage.setItem("person", id);

// The line: what we ask carries a number, and its answer the same one.
let socket = null;
let asked = 0;
let waiting = new Map();

export function connect(person, hear, lost) {
  const about = new URLSearchParams({ person, language: navigator.language });
  const mine = new WebSocket(`ws://${location.host}/page/socket?${about}`);
  const old = socket;
  socket = mine;
  old?.close();
  giveUp();
  mine.addEventListener("message", (frame) => {
    if (mine !== socket) return;
    const event = JSON.parse(frame.data);
    if (event.ref !== undefined && event.ref !== null) {
      waiting.get(event.ref)?.(event);
      waiting.delete(event.ref);
    } else hear(event);
  });
  mine.addEventListener("close", () => {
    if (mine !== socket) return;
    giveUp();
    lost();
  });
}

function giveUp() {
  for (const answer of waiting.values()) answer({ event: "failed", text: "The connection was lost." });
  waiting = new Map();
}

export function ask(wish) {
  return new Promise((resolve) => {
    if (socket?.readyState !== WebSocket.OPEN) {
      resolve({ event: "failed", text: "Not connected." });
      return;
    }
    asked += 1;
    waiting.set(asked, resolve);
    socket.send(JSON.stringify({ ...wish, ref: asked }));
  });
}

export async function upload(file) {
  const body = new FormData();
  body.append("file", file, file.name);
  const answer = await fetch("/page/upload", { method: "POST", body });
  if (!answer.ok) throw new Error(answer.status === 413 ? `${file.name} is larger than 10 MB.` : "The file could not be sent.");
  return (await answer.json()).id;
}
