// Signs in and opens circuits of a page as browsers do. Tells on standard output, a line of JSON each, when what was
// committed reached which watcher.
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { createHmac } from "node:crypto";

export const now = () => performance.timeOrigin + performance.now();

/** The code an authenticator app shows (RFC 6238). */
export function totp(secret, at = Date.now()) {
  let bits = "";
  for (const letter of secret.replace(/=+$/, "")) {
    bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0");
  }

  const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, "0");
}

/** Waits until the authenticator shows another code. */
export const nextCode = () => new Promise(resolve => setTimeout(resolve, 30500 - (Date.now() % 30000)));

class Jar {
  #cookies = new Map();
  take(response) {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(";");
      const cut = pair.indexOf("=");
      this.#cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
  }
  toString() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

const decode = text => text.replaceAll("&quot;", '"').replaceAll("&#x2B;", "+").replaceAll("&amp;", "&").replaceAll("&#39;", "'");

function fieldsOf(html, marker) {
  const form = [...html.matchAll(/<form[\s\S]*?<\/form>/g)].map(match => match[0]).find(text => text.includes(marker));
  if (!form) {
    throw new Error(`There is no form with ${marker}.`);
  }

  const fields = new Map();
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    if (name) {
      fields.set(decode(name), decode(/value="([^"]*)"/.exec(input)?.[1] ?? ""));
    }
  }

  const named = new RegExp(`<input[^>]*${marker}[^>]*>`).exec(form)?.[0] ?? "";
  const action = /action="([^"]*)"/.exec(form.slice(0, form.indexOf(">")))?.[1];
  return { fields, name: decode(/name="([^"]*)"/.exec(named)?.[1] ?? ""), action: action && decode(action) };
}

/** Signs in with password and code; gives the cookies. */
export async function signIn(base, email, password, secret) {
  const jar = new Jar();
  const get = async (address, init = {}) => {
    let response = await fetch(new URL(address, base), { ...init, redirect: "manual", headers: { ...init.headers, cookie: jar.toString() } });
    jar.take(response);
    while (response.status >= 300 && response.status < 400) {
      address = new URL(response.headers.get("location"), response.url || base);
      response = await fetch(address, { redirect: "manual", headers: { cookie: jar.toString() } });
      jar.take(response);
    }

    return { html: await response.text(), address: response.url };
  };
  const post = (address, fields) => get(address, { method: "POST", body: new URLSearchParams([...fields]), headers: { origin: new URL(base).origin } });

  const login = await get("/auth/login");
  const first = fieldsOf(login.html, 'id="email"');
  first.fields.set(first.name, email);
  first.fields.set(fieldsOf(login.html, 'id="password"').name, password);
  // A code is accepted once: one that another sign-in has just used is refused, and the next one is waited for.
  let asked = await post(first.action ?? login.address, first.fields);
  for (let tries = 0; asked.html.includes("one-time-code"); tries++) {
    if (tries > 0) {
      await nextCode();
    }

    if (tries === 4) {
      throw new Error("The code was refused every time.");
    }

    const second = fieldsOf(asked.html, 'autocomplete="one-time-code"');
    second.fields.set(second.name, totp(secret));
    asked = await post(second.action ?? asked.address, second.fields);
  }

  return jar;
}

/** The handler of the button with this label among the frames of a batch (the layout of Blazor's RenderBatchWriter), if it is there. */
export function clickHandler(batch, label) {
  const frames = batch.readInt32LE(batch.length - 16);
  const strings = batch.readInt32LE(batch.length - 4);
  const text = index => {
    if (index < 0) {
      return null;
    }

    let at = batch.readInt32LE(strings + index * 4);
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const part = batch[at++];
      length |= (part & 127) << shift;
      if (part < 128) {
        return batch.toString("utf8", at, at + length);
      }
    }
  };
  const [textFrame, attributeFrame, markupFrame] = [2, 3, 8];
  let handler = null;
  for (let i = 0, at = frames + 4; i < batch.readInt32LE(frames); i++, at += 20) {
    const type = batch.readInt32LE(at);
    if (type === attributeFrame && text(batch.readInt32LE(at + 4)) === "onclick") {
      handler = batch.readBigUInt64LE(at + 12);
    } else if ((type === textFrame || type === markupFrame) && text(batch.readInt32LE(at + 4))?.trim() === label && handler) {
      return Number(handler);
    }
  }

  return null;
}

/** Opens one circuit of a page; calls back with the bytes of each batch of changes to the screen. */
export async function openCircuit(base, path, jar, onBatch) {
  // A money form gives itself a key by leading to its own path with a query; anywhere else it leads, the page is refused.
  const visit = address => fetch(address, { headers: { cookie: jar.toString() }, redirect: "manual" });
  let address = new URL(path, base);
  let response = await visit(address);
  if (response.status === 302) {
    const next = new URL(response.headers.get("location"), address);
    if (next.pathname === address.pathname) {
      address = next;
      response = await visit(address);
    }
  }

  if (response.status !== 200) {
    throw new Error(`${path} answered ${response.status}.`);
  }

  const html = await response.text();
  const markers = [...html.matchAll(/<!--Blazor:(\{.*?\})-->/g)].map(match => JSON.parse(match[1])).filter(marker => marker.descriptor && (marker.type === "server" || marker.type === "auto"));
  const state = /<!--Blazor-Server-Component-State:(.*?)-->/.exec(html)?.[1] ?? "";
  const protocol = new MessagePackHubProtocol();
  Object.defineProperty(protocol, "name", { value: "blazorpack" });
  const connection = new HubConnectionBuilder()
    .withUrl(new URL("/_blazor", base).href, { transport: HttpTransportType.WebSockets, skipNegotiation: false, headers: { cookie: jar.toString(), origin: new URL(base).origin } })
    .withHubProtocol(protocol)
    .configureLogging(LogLevel.Error)
    .build();
  let bytes = 0;
  let largest = 0;
  let lastAt = now();
  connection.on("JS.RenderBatch", (id, data) => {
    const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    bytes += buffer.length;
    largest = Math.max(largest, buffer.length);
    lastAt = now();
    connection.send("OnRenderCompleted", id, null);
    onBatch(buffer);
  });
  // What the page asks of the browser: a module gets a number, anything else is simply done.
  let objects = 0;
  let interop = 0;
  connection.on("JS.BeginInvokeJS", (taskId, identifier, args, resultType) => {
    if (identifier === "Blazor._internal.attachWebRendererInterop") {
      interop = JSON.parse(args)[1].__dotNetObject;
    }

    if (taskId) {
      const answer = resultType === 1 ? { __jsObjectId: ++objects } : null;
      connection.send("EndInvokeJSFromDotNet", taskId, true, JSON.stringify([taskId, true, answer]));
    }
  });
  let calls = 0;
  const waiting = new Map();
  connection.on("JS.EndInvokeDotNet", (call, success, result) => {
    const done = waiting.get(call);
    waiting.delete(call);
    done?.(success ? null : result);
  });
  connection.on("JS.AttachComponent", () => {});
  connection.on("JS.EndUpdateRootComponents", () => {});
  connection.on("JS.Error", error => console.error("circuit", error));
  await connection.start();
  const circuit = await connection.invoke("StartCircuit", new URL("/", base).href, address.href, JSON.stringify([]), state);
  if (!circuit) {
    throw new Error("The circuit was refused.");
  }

  const operations = markers.map((marker, i) => ({ type: "add", ssrComponentId: i + 1, marker }));
  await connection.send("UpdateRootComponents", JSON.stringify({ batchId: 1, operations }), state);
  return {
    connection,
    bytes: () => bytes,
    largest: () => largest,
    lastAt: () => lastAt,
    /** Clicks; gives the milliseconds until the server has drawn what the click changed and answered. */
    async click(handler) {
      const call = String(++calls);
      const start = performance.now();
      const answered = new Promise(resolve => waiting.set(call, resolve));
      const args = JSON.stringify([{ eventHandlerId: handler, eventName: "click", eventFieldInfo: null }, { detail: 1, type: "click" }]);
      await connection.send("BeginInvokeDotNetFromJS", call, null, "DispatchEventAsync", interop, args);
      const fault = await answered;
      if (fault) {
        throw new Error(`A click was answered with ${fault}.`);
      }

      return performance.now() - start;
    },
    // As a browser does when its tab is closed: the server frees the circuit at once.
    async close() {
      const body = new FormData();
      body.set("circuitId", circuit);
      const said = await fetch(new URL("/_blazor/disconnect", base), { method: "POST", body, headers: { cookie: jar.toString(), origin: new URL(base).origin } });
      if (!said.ok) {
        throw new Error(`Closing a circuit answered ${said.status}.`);
      }

      await connection.stop();
    },
  };
}
