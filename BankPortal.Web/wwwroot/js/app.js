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

  // A zone the person chose on the profile page stands; otherwise the browser's.
  const zone = timeZone();
  if (zone && !document.cookie.split("; ").includes("tz-own=1") && !document.cookie.split("; ").includes(`tz=${encodeURIComponent(zone)}`)) {
    setCookie("tz", zone);
  }

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
      setCookie("tz", chosen || zone || "");
      setCookie("tz-own", chosen ? "1" : "", chosen ? year : 0);
      location.reload();
    }
  });

  // For components ----------------------------------------------------------------------------------------------------

  window.bankPortal = {
    timeZone,

    focusFirstError() {
      [...document.querySelectorAll("main [aria-invalid='true']")].find(field => field.offsetParent)?.focus();
    },

    showDialog(dialog, open) {
      if (!dialog?.isConnected) {
        return;
      }

      if (open && !dialog.open) {
        dialog.showModal();
        dialog.querySelector("[autofocus]")?.focus();
      } else if (!open && dialog.open) {
        dialog.close();
      }
    },
  };
})();
