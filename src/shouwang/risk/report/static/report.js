"use strict";
// The page itself: views, theme, the list of findings with search and filters, one finding, printing.
(() => {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  const text = data.text;
  const $ = (selector, inside = document) => inside.querySelector(selector);
  const SEVERITIES = ["high", "medium", "low"];
  const MARKS = { high: "▲", medium: "◆", low: "●" };
  const STATES = ["new", "known", "gone"];
  const PRINT_WITH_ROWS = 200;

  function el(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }
  const money = (cents) => {
    const sign = cents < 0 ? "-" : "";
    const whole = Math.floor(Math.abs(cents) / 100).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
    return `${sign}${whole}.${String(Math.abs(cents) % 100).padStart(2, "0")}`;
  };
  const fill = (message, values) => message.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  const badge = (severity) => el("span", { class: `sev ${severity}` }, `${MARKS[severity]} ${text.severity[severity]}`);

  // Findings come as arrays to keep the file small; here each gets names and the text to search in.
  const findings = data.findings.map(([rule, number, state, subject, subjectId, division, on, cents, say, key, rows, cited], at) => {
    const [code, title, pack, severity, kind] = data.rules[rule];
    const id = `${code}-${String(number).padStart(4, "0")}`;
    return {
      at, id, code, title, pack, severity, kind, rule, state: STATES[state], subject, subjectId,
      division: data.divisions[division], divisionAt: division, on, cents, say, key, rows, cited,
      rank: SEVERITIES.indexOf(severity),
      hay: `${subject}\n${subjectId}\n${say}\n${title}\n${id}\n${data.divisions[division]}\n${on || ""}`.toLowerCase(),
    };
  });
  const byId = new Map(findings.map((one) => [one.id, one]));

  // Views and addresses: #overview, #findings?pack=…, #checks, #rules, #rule/<code>, #<finding>
  const views = ["overview", "findings", "checks", "rules"];
  let current = "overview";
  function show(view) {
    current = view;
    document.body.dataset.view = view;
    for (const name of views) $(`#view-${name}`).hidden = name !== view;
    for (const link of document.querySelectorAll(".bar nav a")) {
      if (link.dataset.view === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (view === "overview") Charts.draw(data.charts, text, (query) => { location.hash = `findings?${query}`; });
    if (view === "findings") paint();
  }
  function route() {
    const address = decodeURIComponent(location.hash.slice(1));
    const [name, query] = address.split("?");
    if (byId.has(name)) {
      show("findings");
      const one = byId.get(name);
      if (!chosen.includes(one)) { reset(); if (one.state === "gone") $("#f-state").value = "gone"; filter(); }
      open(one, false);
      return;
    }
    if (name.startsWith("rule/")) {
      show("rules");
      const rule = document.getElementById(name);
      if (rule) { rule.open = true; rule.scrollIntoView(); $("summary", rule).focus({ preventScroll: true }); }
      return;
    }
    const view = views.includes(name) ? name : "overview";
    if (view === "findings" && query !== undefined) { reset(); read(new URLSearchParams(query)); filter(); }
    show(view);
    if (view !== "findings") scrollTo(0, 0);
  }
  const remember = (hash) => history.replaceState(null, "", `#${hash}`);

  // Filters
  const fields = { q: $("#f-q"), pack: $("#f-pack"), rule: $("#f-rule"), division: $("#f-division"), state: $("#f-state"),
    min: $("#f-min"), max: $("#f-max"), sort: $("#f-sort") };
  const boxes = [...document.querySelectorAll("#f-severity input")];
  function reset() {
    for (const [name, field] of Object.entries(fields)) if (field && name !== "sort") field.value = "";
    for (const box of boxes) box.checked = true;
  }
  function read(query) {
    for (const [name, field] of Object.entries(fields)) if (field && query.has(name)) field.value = query.get(name);
    if (query.has("severity")) for (const box of boxes) box.checked = query.getAll("severity").includes(box.value);
  }
  function address() {
    const query = new URLSearchParams();
    for (const [name, field] of Object.entries(fields)) if (field && field.value && !(name === "sort" && field.value === "severity")) query.set(name, field.value);
    if (boxes.some((box) => !box.checked)) for (const box of boxes) if (box.checked) query.append("severity", box.value);
    const written = query.toString();
    return written ? `findings?${written}` : "findings";
  }
  const orders = {
    severity: (a, b) => a.rank - b.rank || a.at - b.at,
    amount: (a, b) => (b.cents ?? -Infinity) - (a.cents ?? -Infinity) || a.at - b.at,
    newest: (a, b) => (b.on || "").localeCompare(a.on || "") || a.at - b.at,
    division: (a, b) => a.divisionAt - b.divisionAt || a.rank - b.rank || a.at - b.at,
    rule: (a, b) => a.rule - b.rule || a.at - b.at,
  };
  let chosen = [];
  function filter() {
    const words = fields.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const state = fields.state ? fields.state.value : "";
    const min = fields.min.value === "" ? null : Math.round(Number(fields.min.value) * 100);
    const max = fields.max.value === "" ? null : Math.round(Number(fields.max.value) * 100);
    const { pack, rule, division } = Object.fromEntries(["pack", "rule", "division"].map((n) => [n, fields[n].value]));
    chosen = findings.filter((one) =>
      severities.has(one.severity) && (state ? one.state === state : one.state !== "gone") &&
      (!pack || one.pack === pack) && (!rule || one.code === rule) && (!division || String(one.divisionAt) === division) &&
      (min === null || (one.cents !== null && one.cents >= min)) && (max === null || (one.cents !== null && one.cents <= max)) &&
      words.every((word) => one.hay.includes(word)));
    chosen.sort(orders[fields.sort.value] || orders.severity);
    const cents = chosen.reduce((sum, one) => sum + (one.cents || 0), 0);
    $("#result").textContent = fill(text.result, { count: chosen.length.toLocaleString("en"), amount: money(cents) });
    $("#none").hidden = chosen.length > 0;
    list.scrollTop = 0;
    paint();
  }
  const changed = () => { filter(); if (current === "findings") remember(address()); };

  // The list draws only what is seen, so that ten thousand findings scroll like ten.
  const list = $("#list");
  const space = $("#space");
  const ITEM = 92;
  let selected = null;
  let drawn = new Map();
  function paint() {
    space.style.height = `${chosen.length * ITEM}px`;
    const first = Math.max(0, Math.floor(list.scrollTop / ITEM) - 4);
    const last = Math.min(chosen.length, Math.ceil((list.scrollTop + (list.clientHeight || 600)) / ITEM) + 4);
    const kept = new Map();
    for (let i = first; i < last; i++) {
      const one = chosen[i];
      const item = drawn.get(one) || entry(one);
      item.style.top = `${i * ITEM}px`;
      item.setAttribute("aria-posinset", i + 1);
      item.setAttribute("aria-setsize", chosen.length);
      item.setAttribute("aria-selected", one === selected);
      kept.set(one, item);
    }
    for (const [one, item] of drawn) if (!kept.has(one)) item.remove();
    // Appended in order: a screen reader meets them as they are seen.
    const before = [...kept.values()];
    if (before.some((item, i) => space.children[i] !== item)) space.replaceChildren(...before);
    drawn = kept;
    if (selected && kept.has(selected)) list.setAttribute("aria-activedescendant", `item-${selected.at}`);
    else list.removeAttribute("aria-activedescendant");
  }
  function entry(one) {
    const first = el("div", { class: "first" }, badge(one.severity), state(one), el("span", { class: "title" }, one.title),
      one.cents === null ? null : el("span", { class: "amount" }, money(one.cents)));
    const item = el("div", { class: "item", role: "option", id: `item-${one.at}` }, first, el("div", { class: "say" }, one.say));
    item.addEventListener("click", () => open(one));
    return item;
  }
  function state(one) {
    return data.compared || one.state === "gone" ? el("span", { class: `tag ${one.state}` }, text.states[one.state]) : null;
  }
  function select(one) {
    selected = one;
    const i = chosen.indexOf(one);
    if (i < 0) { paint(); return; }
    if (i * ITEM < list.scrollTop) list.scrollTop = i * ITEM;
    else if ((i + 1) * ITEM > list.scrollTop + list.clientHeight) list.scrollTop = (i + 1) * ITEM - list.clientHeight;
    paint();
  }

  // One finding
  const panes = $("#panes");
  const detail = $("#detail");
  function open(one, note = true) {
    select(one);
    detail.replaceChildren(steps(one), ...body(one, true));
    detail.scrollTop = 0;
    panes.classList.add("opened");
    if (note) remember(one.id);
    document.title = `${one.id} ${one.title}`;
    if (getComputedStyle(list).display === "none") detail.focus({ preventScroll: true });
  }
  function close() {
    panes.classList.remove("opened");
    remember(address());
    list.focus({ preventScroll: true });
  }
  function steps(one) {
    const i = chosen.indexOf(one);
    const back = el("button", { class: "button nav-back", type: "button" }, `← ${text.back}`);
    back.addEventListener("click", close);
    const go = (to, label) => {
      const made = el("button", { class: "button", type: "button", disabled: !chosen[to] }, label);
      if (chosen[to]) made.addEventListener("click", () => open(chosen[to]));
      return made;
    };
    return el("div", { class: "steps" }, back, go(i - 1, text.previous), go(i + 1, text.next),
      el("span", { class: "muted small" }, i < 0 ? "" : `${(i + 1).toLocaleString("en")} / ${chosen.length.toLocaleString("en")}`));
  }
  function body(one, full) {
    const facts = el("dl", { class: "facts" });
    const fact = (label, value) => { if (value) facts.append(el("dt", {}, label), el("dd", {}, value)); };
    fact(text.subject, [one.subject, one.subjectId].filter(Boolean).join(" · "));
    fact(text.division, one.division);
    fact(text.on, one.on);
    fact(text.amount, one.cents === null ? "" : `${money(one.cents)} ${text.yuan}`);
    fact(text.key, one.key);
    const parts = [
      el("div", {}, badge(one.severity), " ", state(one) || "", " ", el("span", { class: "muted small" }, one.id)),
      el("h2", {}, one.title),
      el("p", { class: "sentence" }, one.say),
      facts,
    ];
    const rule = document.getElementById(`rule/${one.code}`);
    const remedy = data.rules[one.rule][5];
    const lookalike = data.rules[one.rule][6];
    if (remedy) parts.push(el("section", {}, el("h3", {}, text.remedy), el("p", { class: "do" }, remedy)));
    if (lookalike && full) parts.push(el("section", {}, el("h3", {}, text.lookalike), el("p", {}, lookalike)));
    parts.push(evidence(one));
    if (rule && full) {
      const copy = $(".rule-body", rule).cloneNode(true);
      for (const inner of copy.querySelectorAll("[id]")) inner.removeAttribute("id");
      parts.push(el("section", {}, el("h3", {}, text.rule), copy));
    }
    return parts;
  }
  function evidence(one) {
    const groups = new Map();
    for (const at of one.cited) {
      const [ledger] = data.rows[at];
      if (!groups.has(ledger)) groups.set(ledger, []);
      groups.get(ledger).push(data.rows[at]);
    }
    const section = el("section", {}, el("h3", {}, fill(text.evidence, { count: one.rows })));
    for (const [ledger, rows] of groups) section.append(table(data.ledgers[ledger], rows));
    if (one.state === "gone") section.append(el("p", { class: "muted" }, text.goneRows));
    else if (one.cited.length < one.rows) {
      section.append(el("p", { class: "muted" }, fill(one.cited.length ? text.moreRows : text.noRows, { shown: one.cited.length, count: one.rows })));
    }
    return section;
  }
  function table([title, labels, kinds], rows) {
    // Columns that are empty in all these rows say nothing.
    const used = labels.map((_, c) => c).filter((c) => rows.some((row) => row[3][c]));
    const style = (c) => (kinds[c] === 1 ? "num" : kinds[c] === 2 ? "note" : null);
    const made = el("table", {}, el("caption", {}, title),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, text.place), ...used.map((c) => el("th", { scope: "col", class: kinds[c] === 1 ? "num" : null }, labels[c])))),
      el("tbody", {}, ...rows.map(([, file, row, cells]) => {
        const [name, sheet] = data.files[file];
        return el("tr", {}, el("th", { scope: "row", title: `${name} / ${sheet} / ${row}` }, fill(text.placeRow, { file: name, sheet, row })),
          ...used.map((c) => el("td", { class: style(c), title: (cells[c] || "").length > 24 ? cells[c] : null }, cells[c] || "")));
      })));
    return el("div", { class: "evidence" }, el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, made));
  }

  // Keyboard
  list.addEventListener("keydown", (event) => {
    const i = chosen.indexOf(selected);
    const page = Math.max(1, Math.floor(list.clientHeight / ITEM) - 1);
    const to = { ArrowDown: i + 1, ArrowUp: i - 1, PageDown: i + page, PageUp: i - page, Home: 0, End: chosen.length - 1 }[event.key];
    if (to !== undefined && chosen.length) {
      event.preventDefault();
      const one = chosen[Math.min(chosen.length - 1, Math.max(0, to))];
      if (getComputedStyle(detail).display === "none") select(one); else open(one);
    } else if ((event.key === "Enter" || event.key === " ") && selected) {
      event.preventDefault();
      open(selected);
      detail.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = /INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing) { event.preventDefault(); show("findings"); remember(address()); fields.q.focus(); }
    else if (event.key === "Escape" && current === "findings") close();
  });

  // Theme: as the system has it, until the reader says otherwise.
  const theme = $("#theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  function label() { theme.textContent = isDark() ? text.light : text.dark; }
  function redraw() { label(); if (current === "overview") Charts.draw(data.charts, text, (query) => { location.hash = `findings?${query}`; }); }
  theme.addEventListener("click", () => {
    const to = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = to;
    try { localStorage.setItem("shouwang-theme", to); } catch { /* a page opened from disk may have no storage */ }
    redraw();
  });
  try { const kept = localStorage.getItem("shouwang-theme"); if (kept) document.documentElement.dataset.theme = kept; } catch { /* see above */ }
  dark.addEventListener("change", redraw);

  // Printing: what is chosen, all of it, not what happens to be drawn.
  const area = $("#print-area");
  let themeBefore;
  addEventListener("beforeprint", () => {
    themeBefore = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    if (current === "overview") redraw();
    for (const hidden of document.querySelectorAll("main details:not([open], .rest)")) { hidden.dataset.closed = ""; if (current !== "rules") hidden.open = true; }
    if (current !== "findings") return;
    const withRows = chosen.length <= PRINT_WITH_ROWS;
    const head = [el("h2", {}, text.findings), el("p", {}, `${data.title} · ${data.asOf} · ${$("#result").textContent}`), el("p", {}, data.masking)];
    if (!withRows) head.push(el("p", { class: "muted" }, fill(text.printPlain, { most: PRINT_WITH_ROWS })));
    const printed = chosen.map((one) => withRows
      ? el("article", { class: "finding-print" }, ...body(one, false))
      : el("p", { class: "finding-print" }, badge(one.severity), ` ${one.id} `, el("strong", {}, one.title), ` ${one.say}`,
        one.cents === null ? "" : ` ${money(one.cents)} ${text.yuan}`));
    area.replaceChildren(...head, ...printed);
  });
  addEventListener("afterprint", () => {
    area.replaceChildren();
    for (const hidden of document.querySelectorAll("details[data-closed]")) { hidden.open = false; delete hidden.dataset.closed; }
    if (themeBefore === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = themeBefore;
    redraw();
  });
  $("#print").addEventListener("click", () => print());

  for (const [name, field] of Object.entries(fields)) if (field) field.addEventListener(name === "q" || name === "min" || name === "max" ? "input" : "change", changed);
  for (const box of boxes) box.addEventListener("change", changed);
  $("#f-clear").addEventListener("click", () => { reset(); changed(); fields.q.focus(); });
  $("#f-more").addEventListener("click", (event) => {
    const opened = $(".filters").classList.toggle("open");
    event.currentTarget.setAttribute("aria-expanded", opened);
    paint();
  });
  list.addEventListener("scroll", paint, { passive: true });
  addEventListener("resize", () => { paint(); Charts.resize(); });
  addEventListener("hashchange", route);
  label();
  filter();
  route();
  document.documentElement.dataset.ready = "";
})();
