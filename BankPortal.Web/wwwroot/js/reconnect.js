// The dialog shown while the connection to the server is lost. The framework's script sets classes on the element; we
// show words for each state, try again by ourselves when the network or the tab comes back, and load the page anew when
// the server has forgotten us. What was typed into a form with data-draft is kept (draft.js).
(() => {
  "use strict";

  const dialog = document.getElementById("components-reconnect-modal");
  if (!dialog) {
    return;
  }

  const prefix = "components-reconnect-";
  let state = "";
  let trying = false;

  function stateOfClasses() {
    for (const name of ["rejected", "resume-failed", "failed", "retrying", "paused", "show", "hide"]) {
      if (dialog.classList.contains(prefix + name)) {
        return name;
      }
    }

    return "hide";
  }

  function show(now) {
    const isLost = now !== "hide";
    dialog.dataset.state = now;
    if (isLost && !dialog.open) {
      dialog.showModal();
    } else if (!isLost && dialog.open) {
      dialog.close();
    }
  }

  async function tryAgain() {
    if (trying) {
      return;
    }

    trying = true;
    dialog.dataset.state = "retrying";
    try {
      // false: the server answered, but our session on it is gone.
      if (await window.Blazor.reconnect() === false) {
        location.reload();
      }
    } catch {
      dialog.dataset.state = "failed";
    } finally {
      trying = false;
    }
  }

  new MutationObserver(() => {
    const now = stateOfClasses();
    if (now === state) {
      return;
    }

    state = now;
    show(now);
    if (now === "rejected" || now === "resume-failed") {
      location.reload();
    }
  }).observe(dialog, { attributes: true, attributeFilter: ["class"] });

  const isStuck = () => dialog.open && dialog.dataset.state === "failed";
  const tryIfStuck = () => { if (!document.hidden && isStuck()) { tryAgain(); } };
  addEventListener("online", tryIfStuck);
  document.addEventListener("visibilitychange", tryIfStuck);
  setInterval(tryIfStuck, 15000);

  dialog.addEventListener("cancel", event => event.preventDefault());
  dialog.querySelector("[data-reconnect-retry]").addEventListener("click", tryAgain);
  dialog.querySelector("[data-reconnect-reload]").addEventListener("click", () => location.reload());
})();
