"use strict";
// Filters, search, keys and themes of a comparison page. Without it the page is read as it stands: nothing is hidden.
(() => {
  const all = (where, root = document) => [...root.querySelectorAll(where)];
  const one = (where) => document.querySelector(where);
  const bar = one("form.bar"), help = one("dialog"), root = document.documentElement;
  const items = all(".item"), lines = all(".line"), columns = all("table.grid [data-group]");
  const count = one("output.count"), toggle = one('[data-do="expand"]');
  const text = new Map([...items, ...lines].map((each) => [each, each.textContent.toLowerCase()]));
  bar.hidden = false;

  // filters

  const wanted = () => {
    const found = {};
    for (const [name, value] of new FormData(bar)) if (value.trim()) found[name] = value.trim();
    return found;
  };
  const fits = (each, filters) =>
    Object.entries(filters).every(([name, value]) => name === "q" || !(name in each.dataset) || each.dataset[name].split(" ").includes(value) || each.dataset[name] === value);
  const holds = (each, query) => !query || text.get(each).includes(query);

  function filter() {
    const filters = wanted(), query = (filters.q || "").toLowerCase();
    for (const line of lines) line.hidden = !(fits(line, filters) && holds(line, query));
    for (const item of items) {
      const inner = all(".line", item), own = fits(item, filters);
      const head = item.querySelector("h3");
      const named = query && head && head.textContent.toLowerCase().includes(query);
      if (named && own) for (const line of inner) line.hidden = !fits(line, filters);
      const some = inner.some((line) => !line.hidden);
      const narrow = ["section", "force"].some((name) => name in filters && !(name in item.dataset));
      item.hidden = !(own && (narrow || (query && inner.length) ? some || named : holds(item, query)));
    }
    for (const cell of columns) cell.hidden = "group" in filters && cell.dataset.group !== filters.group;
    for (const group of all(".group")) {
      const inner = all(".item", group);
      group.hidden = inner.length > 0 && inner.every((item) => item.hidden);
    }
    for (const band of all(".cards .band")) band.hidden = !items.some((item) => !item.hidden && item.dataset.group === band.dataset.group);
    const counted = items.filter((item) => item.matches("article")), shown = counted.filter((item) => !item.hidden).length;
    count.textContent = items.some((item) => !item.hidden) ? count.dataset.said.replace("{shown}", shown).replace("{all}", counted.length) : count.dataset.none;
    bar.classList.toggle("on", Object.keys(filters).length > 0);
  }

  // places: #change-7 shows that change, #ownership the changes of that section

  function go() {
    const name = decodeURIComponent(location.hash.slice(1)), place = name && document.getElementById(name);
    if (!place) return;
    const choice = bar.elements.section;
    if (choice && [...choice.options].some((each) => each.value === name)) {
      bar.reset();
      choice.value = name;
      filter();
      const first = items.find((item) => !item.hidden);
      if (first) focus(first);
    } else if (place.matches(".item, .step")) {
      if (place.hidden || place.closest("[hidden]")) { bar.reset(); filter(); }
      if (place.matches("details")) place.open = true;
      focus(place);
    }
  }

  // keys

  let current = null;
  function focus(item) {
    if (current) current.classList.remove("current");
    current = item;
    item.classList.add("current");
    if (item.matches("details")) item.querySelector("summary").focus({ preventScroll: true });
    else item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "start" });
  }
  function step(by) {
    const shown = items.filter((item) => !item.hidden);
    if (!shown.length) return;
    const place = shown.indexOf(current);
    focus(shown[place < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, place + by))]);
  }
  function expand(item) {
    const inner = item.matches("details") ? [item] : all("details", item), open = !inner.every((each) => each.open);
    for (const each of inner) each.open = open;
  }
  function expandAll() {
    const inner = all("main details"), open = toggle.dataset.done !== "1";
    for (const each of inner) each.open = open;
    toggle.dataset.done = open ? "1" : "";
    toggle.textContent = open ? toggle.dataset.close : toggle.dataset.open;
  }
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    e: () => current && expand(current),
    a: expandAll,
    "/": () => { bar.elements.q.focus(); bar.elements.q.select(); },
    "?": () => (help.open ? help.close() : help.showModal()),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape" && typing) event.target.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    if (help.open && event.key !== "?") return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest(".item");
    if (item && item !== current) { if (current) current.classList.remove("current"); current = item; item.classList.add("current"); }
  });

  // buttons, theme, print

  const stored = { get: () => { try { return localStorage.getItem("theme"); } catch { return null; } }, set: (to) => { try { localStorage.setItem("theme", to); } catch { /* a mail attachment may keep nothing */ } } };
  function theme(to) { root.dataset.theme = to; }
  const asked = new URLSearchParams(location.search).get("theme") || stored.get();
  if (asked === "dark" || asked === "light") theme(asked);
  const doings = {
    help: keys["?"],
    expand: expandAll,
    filters: () => one('[data-do="filters"]').setAttribute("aria-expanded", bar.classList.toggle("open")),
    theme: () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      theme(dark ? "light" : "dark");
      stored.set(root.dataset.theme);
    },
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) doings[button.dataset.do]();
  });
  bar.addEventListener("input", filter);
  bar.addEventListener("change", filter);
  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.addEventListener("reset", () => setTimeout(filter));
  let closed = [];
  addEventListener("beforeprint", () => { closed = all("details:not([open])"); for (const each of closed) each.open = true; });
  addEventListener("afterprint", () => { for (const each of closed) each.open = false; });
  addEventListener("hashchange", go);
  filter();
  addEventListener("load", () => setTimeout(go)); // after the browser has gone there in its own way
})();
