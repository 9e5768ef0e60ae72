// What the frame needs from the browser: theme, time zone, number format, menus, copying. No dependencies; the handlers
// sit on the document, so they work on static pages, before a circuit is up, and for what is rendered later.
(() => {
  "use strict";

  const root = document.documentElement;
  const year = 365 * 24 * 60 * 60;

  function setCookie(name, value, age = year) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${age}; samesite=lax${secure}`;

    // A browser may write cookies in the background; reading them waits for that, so that a reload sends what was set.
    return document.cookie;
  }

  function timeZone() {
    try {
      return Intl.DateTimeFormat().resolvedOptions().timeZone || null;
    } catch {
      return null;
    }
  }

  // A zone the person chose on the profile page stands; otherwise the browser's. Asking the browser takes longer than everything else here.
  (window.requestIdleCallback ?? setTimeout)(() => {
    const zone = timeZone();
    const cookies = document.cookie.split("; ");
    if (zone && !cookies.includes("tz-own=1") && !cookies.includes(`tz=${encodeURIComponent(zone)}`)) {
      setCookie("tz", zone);
    }
  }, { timeout: 500 });

  // Sheets that the first look of a page does not need take effect when they have come.
  for (const sheet of document.querySelectorAll("link[data-late]")) {
    const apply = () => { sheet.media = "all"; };
    if (sheet.sheet) {
      apply();
    } else {
      sheet.addEventListener("load", apply, { once: true });
    }
  }

  // A light page comes without the component library. Its files are fetched when the browser has nothing else to do, and put into the
  // document when a component needs them; where they stand decides which rules win.
  const library = document.getElementById("library");
  let libraryLoaded;

  function prefetchLibrary() {
    for (const file of library.content.querySelectorAll("link, script")) {
      const hint = document.createElement("link");
      hint.rel = "prefetch";
      hint.as = file.matches("link") ? "style" : "script";
      hint.href = file.href ?? file.src;
      document.head.append(hint);
    }
  }

  if (library) {
    addEventListener("load", () => setTimeout(() => (window.requestIdleCallback ?? setTimeout)(prefetchLibrary), 3000));
  }

  function loadLibrary() {
    const files = library ? [...document.importNode(library.content, true).querySelectorAll("link, script")] : [];
    return libraryLoaded ??= Promise.all(files.map(file => new Promise((done, failed) => {
      file.addEventListener("load", () => done());
      file.addEventListener("error", () => {
        libraryLoaded = undefined;
        file.remove();
        failed(new Error("The component library could not be fetched."));
      });
      library.before(file);
    }))).then(() => {});
  }

  // The framework's script looks for an attribute that HTML does not know; it runs after this one.
  document.querySelector("script[data-start-later]")?.setAttribute("autostart", "false");

  // The framework starts in a turn of its own, not in the one that reads its script: a tap in between is answered sooner.
  document.addEventListener("DOMContentLoaded", () => setTimeout(() => window.Blazor?.start()));

  // Theme -------------------------------------------------------------------------------------------------------------

  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

  function markTheme() {
    const chosen = root.dataset.theme || "system";
    for (const button of document.querySelectorAll("[data-theme-set]")) {
      const pressed = String(button.dataset.themeSet === chosen);
      if (button.getAttribute("aria-pressed") !== pressed) {
        button.setAttribute("aria-pressed", pressed);
      }
    }
  }

  function themeChanged() {
    markTheme();
    document.dispatchEvent(new CustomEvent("bankportal:theme"));
  }

  function isDark() {
    const chosen = root.dataset.theme || "system";
    return chosen === "dark" || (chosen === "system" && systemIsDark.matches);
  }

  function chooseTheme(theme) {
    root.dataset.theme = theme;
    setCookie("theme", theme);
    themeChanged();
  }

  systemIsDark.addEventListener("change", themeChanged);
  document.addEventListener("toggle", markTheme, true);
  markTheme();

  // The navigation is a drawer on a narrow screen only; a window that becomes wide has it beside the page.
  matchMedia("(min-width: 64rem)").addEventListener("change", () => document.querySelector(".side-nav:popover-open")?.hidePopover());

  // Copying -----------------------------------------------------------------------------------------------------------

  async function copy(button) {
    const done = button.querySelector(".copy-done");
    let said = "Copied";
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      said = "Copy failed";
    }

    if (done) {
      done.textContent = said;
      setTimeout(() => { done.textContent = ""; }, 2000);
    }
  }

  // One listener for clicks -------------------------------------------------------------------------------------------

  document.addEventListener("click", event => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) {
      return;
    }

    const theme = target.closest("[data-theme-set]");
    if (theme) {
      chooseTheme(theme.dataset.themeSet);
      return;
    }

    if (target.closest("[data-theme-switch]")) {
      chooseTheme(isDark() ? "light" : "dark");
      return;
    }

    const copyButton = target.closest("[data-copy]");
    if (copyButton) {
      copy(copyButton);
      return;
    }

    if (target.closest("[data-print]")) {
      print();
      return;
    }

    // An address of "#main" would be taken from the base address, which is another page.
    if (target.closest("[data-skip]")) {
      event.preventDefault();
      document.getElementById("main")?.focus();
      return;
    }

    // A link in a menu leads somewhere else on the same page of HTML: the menu has done its work.
    target.closest("[popover]:popover-open a")?.closest("[popover]").hidePopover();
  });

  document.addEventListener("change", event => {
    if (event.target instanceof HTMLSelectElement && event.target.matches("[data-culture-select]")) {
      setCookie(".AspNetCore.Culture", `c=${event.target.value}|uic=en-US`);
      location.reload();
    }

    if (event.target instanceof HTMLSelectElement && event.target.matches("[data-zone-select]")) {
      const chosen = event.target.value;
      setCookie("tz", chosen || timeZone() || "");
      setCookie("tz-own", chosen ? "1" : "", chosen ? year : 0);
      location.reload();
    }
  });

  // For components ----------------------------------------------------------------------------------------------------

  // In a grid the arrow keys go from row to row, along the links that open them.
  document.addEventListener("keydown", e => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    const link = step && !e.altKey && !e.ctrlKey && !e.metaKey && e.target.closest?.("[data-grid] tbody a");
    if (!link) {
      return;
    }

    const links = [...link.closest("tbody").rows].map(row => row.querySelector("a")).filter(Boolean);
    const at = links.findIndex(other => other.closest("tr") === link.closest("tr"));
    if (links[at + step]) {
      links[at + step].focus();
      e.preventDefault();
    }
  });

  window.bankPortal = {
    timeZone,

    loadLibrary,

    focusFirstError() {
      [...document.querySelectorAll("main [aria-invalid='true'], .mud-dialog [aria-invalid='true']")].find(field => field.offsetParent)?.focus();
    },

    // Which columns of a grid its reader has hidden; private browsing may have no storage.
    hiddenColumns(grid) {
      try {
        const names = JSON.parse(localStorage.getItem("columns:" + grid) ?? "[]");
        return Array.isArray(names) ? names.filter(name => typeof name === "string") : [];
      } catch {
        return [];
      }
    },

    rememberColumns(grid, names) {
      try {
        localStorage.setItem("columns:" + grid, JSON.stringify(names));
      } catch {
        // Then they are shown again next time.
      }
    },

    focusDialog(titleId) {
      document.getElementById(titleId)?.closest("[role='dialog']")?.querySelector("[autofocus]")?.focus();
    },
  };
})();
