// The forms of registration and signing in. Everything works without this script; it adds showing a password,
// its strength and rules as typed, and keeps a form from being sent twice.

const common = /^\W*\d*\W*(password|passwort|passw0rd|p@ssw0rd|qwerty|qwertz|azerty|asdfgh|zxcvbn|letmein|welcome|iloveyou|admin|abc|abcd|abcdef|monkey|dragon|football|sunshine|princess|summer|winter|spring|autumn|hello|secret|changeme|test|bank|bankportal|money)\W*\d*\W*$/i;

const rules = {
  length: (password) => password.length >= 8,
  upper: (password) => /\p{Lu}/u.test(password),
  digit: (password) => /[0-9]/.test(password),
};

const words = ["none yet", "very weak", "weak", "fair", "good", "strong"];

/** How hard a password is to guess, from 0 (empty) to 5, by a cautious count of its bits. */
export function strength(password, personal = []) {
  if (password.length === 0) {
    return 0;
  }
  const lower = password.toLowerCase();
  if (common.test(password) || new Set(lower).size <= 2) {
    return 1;
  }

  // A part of the name or the address, and runs such as "aaa", "1234" or "cba", count as one character.
  let rest = lower;
  for (const word of personal) {
    rest = rest.split(word).join("\u0001");
  }
  const codes = [...rest].map((character) => character.codePointAt(0));
  let length = 0;
  for (let i = 0; i < codes.length; i++) {
    const step = codes[i] - codes[i - 1];
    const continues = i >= 2 && Math.abs(step) <= 1 && step === codes[i - 1] - codes[i - 2];
    length += continues ? 0.2 : 1;
  }

  let alphabet = 0;
  if (/\p{Ll}/u.test(password)) alphabet += 26;
  if (/\p{Lu}/u.test(password)) alphabet += 12;
  if (/[0-9]/.test(password)) alphabet += 8;
  if (/[^\p{L}0-9]/u.test(password)) alphabet += 16;
  if (/\p{Lo}/u.test(password)) alphabet += 60;
  const bits = length * Math.log2(Math.max(alphabet, 2));
  return bits < 28 ? 1 : bits < 42 ? 2 : bits < 56 ? 3 : bits < 72 ? 4 : 5;
}

function personalWords(ids) {
  return (ids ?? "").split(" ")
    .map((id) => document.getElementById(id)?.value ?? "")
    .flatMap((value) => value.toLowerCase().split("@")[0].split(/[\s._+\-]+/))
    .filter((word) => word.length >= 3);
}

function setUpPassword(field) {
  const input = field.querySelector("input");
  const toggle = field.querySelector("[data-password-toggle]");
  if (toggle) {
    toggle.hidden = false;
    const name = toggle.querySelector(".sr-only");
    const show = (visible) => {
      input.type = visible ? "text" : "password";
      toggle.setAttribute("aria-pressed", String(visible));
      toggle.firstChild.nodeValue = visible ? "Hide" : "Show";
      toggle.append(name);
    };
    toggle.addEventListener("click", () => {
      show(input.type === "password");
      input.focus();
    });
    // A shown password must not stay on the screen, nor be kept by the browser as form text.
    input.form?.addEventListener("submit", () => show(false));
  }

  const meter = field.querySelector("[data-password-strength]");
  if (!meter) {
    return;
  }
  meter.hidden = false;
  const word = meter.querySelector("[data-password-strength-word]");
  const live = field.querySelector("[data-password-live]");
  let announcing = 0;
  const update = () => {
    const password = input.value;
    const open = [];
    for (const item of field.querySelectorAll("[data-password-rule]")) {
      const met = rules[item.dataset.passwordRule]?.(password) ?? false;
      item.classList.toggle("rule-met", met);
      item.querySelector("[data-password-rule-state]").textContent = met ? " (met)" : "";
      if (!met) {
        open.push(item.querySelector("span:not(.rule-mark)").textContent.trim().toLowerCase());
      }
    }
    const level = strength(password, personalWords(field.dataset.passwordPersonal));
    meter.dataset.level = String(level);
    word.textContent = words[level];

    // Screen readers hear the result once typing pauses, not at every key.
    clearTimeout(announcing);
    announcing = setTimeout(() => {
      live.textContent = password === "" ? "" : `Strength: ${words[level]}. ${open.length ? `Still needed: ${open.join(", ")}.` : "All rules are met."}`;
    }, 900);
  };
  input.addEventListener("input", update);
  for (const id of (field.dataset.passwordPersonal ?? "").split(" ").filter(Boolean)) {
    document.getElementById(id)?.addEventListener("input", update);
  }
  update();
}

// What is being corrected is no longer called wrong; whether it is right now, the server says.
function setUpCorrection(field) {
  field.addEventListener("input", () => {
    field.classList.remove("field-invalid");
    const input = field.querySelector("[aria-invalid]");
    input?.removeAttribute("aria-invalid");
    const error = field.querySelector(".field-error");
    if (input && error) {
      const others = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== error.id);
      input.setAttribute("aria-describedby", others.join(" "));
      error.remove();
    }
  }, { once: true });
}

function setUpForm(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    form.querySelector("button[type=submit]")?.setAttribute("aria-busy", "true");
  });
  // Coming back by the back button finds the form ready again.
  addEventListener("pageshow", () => {
    sent = false;
    form.querySelector("button[type=submit]")?.removeAttribute("aria-busy");
  });
}

for (const field of document.querySelectorAll("[data-password]")) {
  setUpPassword(field);
}
for (const field of document.querySelectorAll(".field-invalid")) {
  setUpCorrection(field);
}
for (const form of document.querySelectorAll("form[data-send-once]")) {
  setUpForm(form);
}
document.querySelector("[data-error-summary]")?.focus();
for (const link of document.querySelectorAll("[data-error-summary] a")) {
  link.addEventListener("click", (event) => {
    const input = document.getElementById(link.hash.slice(1));
    if (input) {
      event.preventDefault();
      input.focus();
    }
  });
}
