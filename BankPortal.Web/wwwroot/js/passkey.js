// Passkeys on the forms of signing in and security. The button asks the server for a fresh challenge, the browser for an answer, and
// sends the form with it. Nothing is kept here.

const messages = {
  cancelled: "Nothing was confirmed: you cancelled, or it took too long. Please try again.",
  registered: "This device already has a passkey for your account. Use it as it is, or add one on another device.",
  address: "Passkeys do not work at this address.",
  unable: "This device cannot make or use such a passkey. Try another device or another way.",
  busy: "There were too many tries. Please wait a minute.",
  over: "This page has been open for too long. Load it again, and then try once more.",
  failed: "It did not work. Please try again.",
};

const decode = text => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), c => c.charCodeAt(0));
const encode = buffer => buffer
  ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
  : null;
const named = list => (list ?? []).map(item => ({ ...item, id: decode(item.id) }));

class Refusal extends Error {}

async function optionsFor(part, form) {
  const body = new URLSearchParams({
    __RequestVerificationToken: form.querySelector("input[name=__RequestVerificationToken]").value,
    purpose: part.dataset.passkey,
  });
  if (part.dataset.passkeyAbout) {
    body.set("about", part.dataset.passkeyAbout);
  }

  if (part.dataset.passkeyAfterPassword) {
    body.set("afterPassword", "true");
  }

  const response = await fetch(part.dataset.passkeyOptions, { method: "POST", body, cache: "no-store", redirect: "manual" });
  if (!response.ok) {
    throw new Refusal(response.status === 429 ? messages.busy : response.status >= 500 ? messages.failed : messages.over);
  }

  return response.json();
}

async function add(options, signal) {
  const credential = await navigator.credentials.create({
    signal,
    publicKey: {
      ...options,
      challenge: decode(options.challenge),
      user: { ...options.user, id: decode(options.user.id) },
      excludeCredentials: named(options.excludeCredentials),
    },
  });
  const { response } = credential;
  return answer(credential, {
    attestationObject: encode(response.attestationObject),
    clientDataJSON: encode(response.clientDataJSON),
    transports: response.getTransports?.() ?? [],
  });
}

async function ask(options, signal) {
  const credential = await navigator.credentials.get({
    signal,
    publicKey: { ...options, challenge: decode(options.challenge), allowCredentials: named(options.allowCredentials) },
  });
  const { response } = credential;
  return answer(credential, {
    authenticatorData: encode(response.authenticatorData),
    clientDataJSON: encode(response.clientDataJSON),
    signature: encode(response.signature),
    userHandle: encode(response.userHandle),
  });
}

const answer = (credential, response) => JSON.stringify({
  id: credential.id,
  rawId: encode(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: {},
  response,
});

function sentenceFor(error) {
  if (error instanceof Refusal) {
    return error.message;
  }

  switch (error?.name) {
    case "NotAllowedError":
    case "AbortError":
      return messages.cancelled;
    case "InvalidStateError":
      return messages.registered;
    case "SecurityError":
      return messages.address;
    case "NotSupportedError":
    case "ConstraintError":
      return messages.unable;
    default:
      return messages.failed;
  }
}

function setUp(part) {
  const form = part.closest("form");
  if (!window.PublicKeyCredential || !navigator.credentials) {
    const missing = form.querySelector("[data-passkey-missing]");
    if (missing) {
      missing.hidden = false;
    }

    return;
  }

  const button = part.querySelector("button");
  const field = part.querySelector("input[name=Credential]");
  const error = part.querySelector("[data-passkey-error]");
  let running = null;
  part.hidden = false;

  const stop = () => {
    running = null;
    button.removeAttribute("aria-busy");
  };

  button.addEventListener("click", async () => {
    if (running) {
      return;
    }

    running = new AbortController();
    button.setAttribute("aria-busy", "true");
    error.hidden = true;
    try {
      const options = await optionsFor(part, form);
      const { signal } = running;
      field.value = await (part.dataset.passkey === "add" ? add(options, signal) : ask(options, signal));
      form.requestSubmit();
    } catch (problem) {
      error.textContent = sentenceFor(problem);
      error.hidden = false;
      stop();
    }
  });

  // What is typed counts when its own button is pressed; and coming back by the back button finds the form ready again.
  form.querySelector("button[type=submit]")?.addEventListener("click", () => {
    field.value = "";
  });
  addEventListener("pagehide", () => running?.abort());
  addEventListener("pageshow", () => {
    field.value = "";
    stop();
  });
}

for (const part of document.querySelectorAll("[data-passkey]")) {
  setUp(part);
}
