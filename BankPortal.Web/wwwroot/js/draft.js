// Keeps what was typed when the page has to be loaded again after a lost connection.
//
//   <form data-draft="transfer"> … </form>          values of named (or id'd) inputs are kept under this key
//   <input type="hidden" data-draft-field …>        a hidden field is kept only if it asks for it (an idempotency key)
//   <input data-draft-skip …>                       never kept
//   <div data-draft-clear="transfer"></div>         appears when the form has done its work: the draft is dropped
//   bankPortal.keepDraft("transfer")                the page sends the person elsewhere for a moment (to prove who they are)
//   <form data-draft="transfer" data-draft-submit>  and goes on where they left when they are back
//
// Passwords, codes and files are never kept. Drafts live in this tab only (sessionStorage), are given back only after a
// reload of the same address or the way back from elsewhere, never when the form is opened afresh, and are dropped at
// sign-in and sign-out.
(() => {
  "use strict";

  const prefix = "draft:";
  const longestDraft = 20000;
  const longestAbsence = 15 * 60 * 1000;
  const loadedPath = location.pathname;
  const wasReloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";

  let store;
  try {
    store = window.sessionStorage;
    store.getItem(prefix);
  } catch {
    return;
  }

  // What may still be given back: read once, at load, so that later typing does not mix with it.
  const waiting = new Map();
  const back = new Set();
  for (const key of Object.keys(store).filter(name => name.startsWith(prefix))) {
    let draft = null;
    try {
      draft = JSON.parse(store.getItem(key));
    } catch {
      // Not ours; dropped below.
    }

    const isAway = Date.now() - (draft?.away ?? 0) < longestAbsence;
    if (draft?.path === loadedPath && (wasReloaded || isAway)) {
      waiting.set(key.slice(prefix.length), draft.values);
      if (isAway) {
        back.add(key.slice(prefix.length));
      }
    } else if (!isAway) {
      store.removeItem(key);
    }
  }

  const nameOf = field => field.dataset.draftField || field.name || field.id;

  function isKept(field) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)
      || field.hasAttribute("data-draft-skip") || !nameOf(field) || nameOf(field).startsWith("__")) {
      return false;
    }

    return !/password|one-time-code|cc-/.test(field.autocomplete || "")
      && !["password", "file", "submit", "button", "image", "reset"].includes(field.type)
      && (field.type !== "hidden" || field.hasAttribute("data-draft-field"));
  }

  const isChoice = field => field.type === "checkbox" || field.type === "radio";
  const slotOf = field => isChoice(field) ? `${nameOf(field)}=${field.value}` : nameOf(field);
  const fieldsOf = form => [...form.querySelectorAll("input, select, textarea")].filter(isKept);

  function save(form, away) {
    const values = {};
    for (const field of fieldsOf(form)) {
      values[slotOf(field)] = isChoice(field) ? field.checked : field.value;
    }

    const text = JSON.stringify({ path: location.pathname, values, away });
    try {
      if (text.length <= longestDraft) {
        store.setItem(prefix + form.dataset.draft, text);
      }
    } catch {
      // Full or forbidden: the form works without.
    }
  }

  function restore(form) {
    const values = waiting.get(form.dataset.draft);
    for (const field of values ? fieldsOf(form) : []) {
      const value = values[slotOf(field)];
      const property = isChoice(field) ? "checked" : "value";
      if (value === undefined || field[property] === value) {
        continue;
      }

      field[property] = value;
      if (field[property] !== value) {
        continue; // an option that no longer exists
      }

      // The server keeps its own copy of bound inputs: tell it.
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    if (values && back.delete(form.dataset.draft) && form.hasAttribute("data-draft-submit")) {
      waiting.delete(form.dataset.draft);
      form.requestSubmit();
    }
  }

  function drop(key) {
    waiting.delete(key);
    store.removeItem(prefix + key);
  }

  // A form that appears gets its values back after a reload; the same form appears twice on an interactive page, first as
  // prerendered HTML and then live. A form opened at another address than the draft's starts afresh.
  function appeared(form) {
    const key = form.dataset.draft;
    if (form.closest("main[data-waiting]")) {
      return; // not live yet
    }

    if (location.pathname !== loadedPath) {
      drop(key);
    } else if (waiting.has(key)) {
      setTimeout(() => { if (form.isConnected) { restore(form); } });
    }
  }

  // What is new among the few elements that matter: looking through all that was added would take long when a page takes over.
  let known = new Set();

  function look() {
    const now = new Set(document.querySelectorAll("[data-draft], [data-draft-clear]"));
    for (const element of [...now].filter(element => !known.has(element))) {
      if (element.hasAttribute("data-draft")) {
        appeared(element);
      }

      if (element.hasAttribute("data-draft-clear")) {
        drop(element.dataset.draftClear);
      }
    }

    known = now;
  }

  function typed(event) {
    const form = event.target instanceof Element ? event.target.closest("[data-draft]") : null;
    if (form && isKept(event.target)) {
      if (event.isTrusted) {
        waiting.delete(form.dataset.draft);
      }

      save(form);
    }
  }

  window.bankPortal.keepDraft = key => {
    const form = document.querySelector(`[data-draft="${CSS.escape(key)}"]`);
    if (form) {
      save(form, Date.now());
    }
  };

  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  look();
  new MutationObserver(look)
    .observe(document.body, { childList: true, subtree: true });
})();
