// Search without a server: the pages are whole without it, and it works from a folder as well.
"use strict";
{
  const form = document.getElementById("search");
  const input = document.getElementById("words");
  const found = document.getElementById("found");
  const MOST = 20;
  let loading = null;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const load = () => {
    loading ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = `${form.dataset.root}search-data.js`;
      script.onload = () => {
        for (const claim of window.claims) claim.push(fold(`${claim[0]} ${claim[1]} ${claim[4]}`));
        done();
      };
      document.head.append(script);
    });
    return loading;
  };

  const show = ([number, words, verdict, label, source]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${form.dataset.root}claims/${number}.html`;
    link.dir = "auto";
    link.textContent = words;
    const facts = document.createElement("p");
    facts.className = "soft";
    const badge = document.createElement("span");
    badge.className = `verdict ${verdict}`;
    badge.textContent = label;
    const from = document.createElement("bdi");
    from.textContent = source;
    facts.append(badge, " ", from);
    item.append(link, facts);
    return item;
  };

  const search = async () => {
    form.classList.toggle("typed", input.value !== "");
    await load();
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    const matching = words.length
      ? window.claims.filter((claim) => words.every((word) => claim[5].includes(word)))
      : [];
    found.replaceChildren(...matching.slice(0, MOST).map(show));
    if (words.length && !matching.length) {
      const item = document.createElement("li");
      item.textContent = form.dataset.none;
      found.append(item);
    }
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("focus", load);
  input.addEventListener("input", search);
}
