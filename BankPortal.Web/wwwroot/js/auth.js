// The forms of registration and signing in. Everything works without this script; it adds showing a password,
// its rules as typed, its strength with advice from the server, and keeps a form from being sent twice.

const passphrase = 15;

const rules = {
  length: (password) => password.length >= 8,
  upper: (password) => password.length >= passphrase || /\p{Lu}/u.test(password),
  digit: (password) => password.length >= passphrase || /[0-9]/.test(password),
};

const words = ["none yet", "very weak", "weak", "fair", "good", "strong"];
const unknown = "not checked";

// How long typing must pause before the server is asked.
const pause = 300;

// The server's estimate of a password; null when it could not be had, for example because too many asked. The password goes in the body,
// to our own server alone, and without cookies: nobody needs to know whose it is.
async function ask(address, question, signal) {
  try {
    const response = await fetch(address, {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(question),
      signal,
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
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
  const advice = field.querySelector("[data-password-advice-text]");
  const nameField = document.getElementById(field.dataset.passwordNameField ?? "");
  const emailField = document.getElementById(field.dataset.passwordEmailField ?? "");
  let asking = 0;
  let running = null;

  const mark = (item, met) => {
    item.classList.toggle("rule-met", met);
    item.querySelector("[data-password-rule-state]").textContent = met ? " (met)" : "";
  };
  const show = (level, text, sentence, isHardToGuess) => {
    meter.dataset.level = String(level);
    word.textContent = text;
    advice.textContent = sentence;
    advice.hidden = sentence === "";
    mark(field.querySelector('[data-password-rule="guess"]'), isHardToGuess);
  };
  // Screen readers hear the result once typing pauses, not at every key.
  const announce = () => {
    const open = [...field.querySelectorAll("[data-password-rule]:not(.rule-met)")]
      .map((item) => item.querySelector("span:not(.rule-mark)").textContent.trim().toLowerCase());
    live.textContent = input.value === ""
      ? ""
      : [`Strength: ${word.textContent}.`, advice.textContent, open.length ? `Still needed: ${open.join("; ")}.` : "All rules are met."]
        .filter(Boolean).join(" ");
  };
  const estimate = async () => {
    const password = input.value;
    running = new AbortController();
    const { signal } = running;
    const answer = await ask(field.dataset.passwordAdvice, {
      password,
      name: nameField?.value ?? field.dataset.passwordName ?? null,
      email: emailField?.value ?? field.dataset.passwordEmail ?? null,
    }, signal);
    if (signal.aborted || input.value !== password) {
      return;
    }
    if (answer) {
      show(answer.score + 1, words[answer.score + 1], answer.problem ?? answer.advice.join(" "), answer.problem === null);
    } else {
      show(0, unknown, "", false);
    }
    announce();
  };
  const update = () => {
    for (const item of field.querySelectorAll("[data-password-rule]")) {
      if (item.dataset.passwordRule !== "guess") {
        mark(item, rules[item.dataset.passwordRule]?.(input.value) ?? false);
      }
    }
    running?.abort();
    clearTimeout(asking);
    if (input.value === "") {
      show(0, words[0], "", false);
      announce();
    } else {
      asking = setTimeout(estimate, pause);
    }
  };
  input.addEventListener("input", update);
  for (const other of [nameField, emailField]) {
    other?.addEventListener("input", update);
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
