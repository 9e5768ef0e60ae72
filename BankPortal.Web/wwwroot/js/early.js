// A page shows its content before its circuit is up, and the circuit then puts the same elements in place of those. What somebody did in between
// is not lost: the last press of a button is repeated, what was typed is put back, and the focus stays where it was. A press of the mouse that begins
// before and ends after is a click for the person, but not for the browser, which has seen two elements: it becomes one.
(() => {
  "use strict";

  const waiting = () => document.querySelector("main[data-waiting]");
  const fields = "input, select, textarea";
  const patience = 2000;
  let main = waiting();
  if (!main) {
    return;
  }

  let pressed = null;
  let focused = null;
  let held = null;
  const typed = new Map();

  // The way from the main part of the page, or from its body, to an element; the elements of the circuit are at the same places.
  function pathOf(element, from = main) {
    const path = [];
    for (let at = element; at !== from; at = at.parentElement) {
      if (!at?.parentElement) {
        return null;
      }

      path.unshift([...at.parentElement.children].indexOf(at));
    }

    return path.join("/");
  }

  function at(path, from = main) {
    let element = from;
    for (const index of path.split("/")) {
      element = element?.children[index];
    }

    return element;
  }

  const isSame = (element, other) => element?.tagName === other.tagName && element.id === other.id && (element.name ?? "") === other.name;
  const note = (element, from) => ({ path: pathOf(element, from), tagName: element.tagName, id: element.id, name: element.name ?? "", text: element.textContent });

  // Taps are not meant: the browser looks for their element when they end.
  function onPointerDown(event) {
    const target = event.pointerType !== "touch" && event.button === 0 && event.target instanceof Element ? event.target.closest("a, button") : null;
    held = target && note(target, document.body);
  }

  function onPointerUp(event) {
    if (!held || event.pointerType === "touch" || event.button !== 0) {
      return;
    }

    document.removeEventListener("pointerup", onPointerUp, true);
    const target = at(held.path, document.body);
    if (!isSame(target, held) || target.textContent !== held.text || !target.contains(event.target)) {
      return;
    }

    let isClicked = false;
    target.addEventListener("click", () => { isClicked = true; }, { capture: true, once: true });
    setTimeout(() => {
      if (!isClicked) {
        target.click();
      }
    });
  }

  function onClick(event) {
    held = null;
    const button = event.target instanceof Element ? event.target.closest("main button[type=button]") : null;
    pressed = button && !button.hasAttribute("popovertarget") && !button.hasAttribute("data-copy") ? note(button) : null;
  }

  // A form of a circuit cannot be sent without it: it waits, and its button is pressed when the circuit is up. Those that can are marked,
  // or have the token of forms that the server takes.
  function onSubmit(event) {
    const form = event.target;
    if (!main.contains(form) || form.hasAttribute("data-works-alone") || form.querySelector("input[name=__RequestVerificationToken]")) {
      return;
    }

    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button[type=submit], button:not([type])");
    if (button) {
      button.setAttribute("aria-busy", "true");
      pressed = note(button);
    }
  }

  function noteValue(field) {
    const noted = note(field);
    typed.set(noted.path, { ...noted, value: field.value, isChecked: field.checked });
  }

  function onInput(event) {
    if (event.target instanceof Element && event.target.matches(`main :is(${fields})`)) {
      noteValue(event.target);
    }
  }

  function onFocus(event) {
    focused = event.target instanceof Element && main.contains(event.target) && event.target.matches(`${fields}, a, button`) ? note(event.target) : null;
  }

  // What was typed before this script ran.
  for (const field of main.querySelectorAll("input, textarea")) {
    if (field.value !== field.defaultValue) {
      noteValue(field);
    }
  }

  if (main.contains(document.activeElement)) {
    onFocus({ target: document.activeElement });
  }

  const listeners = [["pointerdown", onPointerDown], ["click", onClick], ["submit", onSubmit], ["input", onInput], ["focusin", onFocus]];

  function takeOver() {
    for (const { path, value, isChecked, ...other } of typed.values()) {
      const field = at(path);
      if (isSame(field, other) && (field.value !== value || field.checked !== isChecked)) {
        field.value = value;
        field.checked = isChecked;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }

    const target = focused && at(focused.path);
    if (target && isSame(target, focused)) {
      target.focus();

      // The framework puts the focus on the heading of a page that has just appeared; this one has been used already.
      const back = event => {
        if (event.target instanceof HTMLHeadingElement && target.isConnected) {
          target.focus();
        }
      };
      document.addEventListener("focusin", back);
      setTimeout(() => document.removeEventListener("focusin", back), patience);
    }

    const button = pressed && at(pressed.path);
    if (button && isSame(button, pressed) && button.textContent === pressed.text) {
      button.click();
    }
  }

  for (const [name, listener] of listeners) {
    document.addEventListener(name, listener, true);
  }

  const observer = new MutationObserver(() => {
    const now = document.querySelector("main");
    if (!now || now.hasAttribute("data-waiting")) {
      return;
    }

    observer.disconnect();
    for (const [name, listener] of listeners) {
      document.removeEventListener(name, listener, true);
    }

    main = now;
    if (held) {
      document.addEventListener("pointerup", onPointerUp, true);
    }

    // Not in the middle of the framework's work.
    setTimeout(takeOver);
  });
  observer.observe(document.body, { childList: true, subtree: true });
})();
