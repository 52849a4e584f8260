"use strict";
// What all pages share. Everything works without it except what is only a convenience; see base.html for the attributes.
(() => {
  const said = (zh, en) => (document.documentElement.lang === "en" ? en : zh);

  function tell(text, kind = "danger") {
    const place = document.getElementById("sw-messages");
    if (!place) return;
    const box = document.createElement("div");
    box.className = `alert alert-${kind}`;
    box.textContent = text;
    place.replaceChildren(box);
    box.scrollIntoView({ block: "nearest" });
  }

  // Menus: one open at a time; Escape and a click beside them close them.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.sw-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const toggle = event.target.closest("[data-sw-toggle]");
    if (toggle) {
      const open = document.getElementById(toggle.dataset.swToggle).classList.toggle("sw-open");
      toggle.setAttribute("aria-expanded", String(open));
    }
    if (event.target.closest("[data-sw-print]")) window.print();
    const copy = event.target.closest("[data-sw-copy]");
    if (copy) copyTable(copy, document.querySelector(copy.dataset.swCopy));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.sw-menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    const nav = document.querySelector(".sw-nav.sw-open");
    if (nav) {
      nav.classList.remove("sw-open");
      const button = document.querySelector(`[data-sw-toggle="${nav.id}"]`);
      button.setAttribute("aria-expanded", "false");
      button.focus();
    }
  });

  // A table as a spreadsheet takes it: cells by tabs, rows by line ends.
  async function copyTable(button, table) {
    if (!table) return;
    const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim()).join("\t"));
    try {
      await navigator.clipboard.writeText(rows.join("\n"));
    } catch {
      // Without HTTPS browsers give no clipboard: select the table, the rest is Ctrl+C.
      getSelection().selectAllChildren(table);
      tell(said("已选中表格，请按 Ctrl+C 复制", "The table is selected: press Ctrl+C"), "info");
      return;
    }
    const label = button.querySelector("span") || button;
    const before = label.textContent;
    label.textContent = said("已复制", "Copied");
    setTimeout(() => { label.textContent = before; }, 1500);
  }

  // A question before what can't be taken back, and one sending only of a form.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = (event.submitter && event.submitter.dataset.swConfirm) || form.dataset.swConfirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if ("swOnce" in form.dataset) {
      if (form.dataset.swSent) {
        event.preventDefault();
        return;
      }
      form.dataset.swSent = "1";
      // Not disabled at once: a disabled button would not be sent along.
      setTimeout(() => { for (const b of form.querySelectorAll("[type=submit], button:not([type])")) b.disabled = true; });
    }
  }, true);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sw-sent]")) {
      delete form.dataset.swSent;
      for (const b of form.querySelectorAll(":disabled")) b.disabled = false;
    }
  });

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.dataset.swAll) {
      for (const box of document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(field.dataset.swAll)}"]`)) {
        if (box.checked !== field.checked) {
          box.checked = field.checked;
          box.dispatchEvent(new Event("change", { bubbles: true }));
        }
      }
    }
    if ("swSubmit" in field.dataset) field.form.requestSubmit();
  });

  // What scrolls sideways must be reached by the keyboard too.
  function reachable() {
    for (const box of document.querySelectorAll(".sw-scroll, .sw-fixed-head, .table-responsive")) {
      const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      if (scrolls) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }
  reachable();
  window.addEventListener("resize", reachable);
  document.addEventListener("toggle", reachable, true);
  document.addEventListener("htmx:afterSettle", reachable);

  // htmx: say what went wrong; when the session is over, let the page itself go to the sign-in.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail.xhr;
    if (answer.responseURL && new URL(answer.responseURL).pathname.startsWith("/account/login")) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const type = event.detail.xhr.getResponseHeader("Content-Type") || "";
    tell(type.startsWith("text/plain") ? event.detail.xhr.responseText
      : said("没有完成，请刷新页面再试", "Not done: reload the page and try again"));
  });
  document.addEventListener("htmx:sendError", () => {
    tell(said("连不上服务器，刚才的操作没有完成", "The server can't be reached, nothing was done"));
  });
})();
