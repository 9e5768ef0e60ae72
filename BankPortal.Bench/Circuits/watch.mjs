// node watch.mjs <base> <email> <password> <secret> <path> <circuits> <of them listening> [browser]
// Opens circuits of a page (and with "browser" one page in Chromium). Says {"ready":…} when all are up; on a line on
// standard input it says what arrived, [reference, milliseconds since 1970] each, and ends.
import { createInterface } from "node:readline";
import { nextCode, now, openCircuit, signIn, totp } from "./client.mjs";

const [base, email, password, secret, path, count, listening, browser] = process.argv.slice(2);
const arrivals = [];
const reference = /\/staff\/transactions\/([0-9A-Z]{20})/g;

const jar = Number(count) > 0 ? await signIn(base, email, password, secret) : null;
const circuits = [];
for (let i = 0; i < Number(count); i++) {
  const seen = new Set();
  const listens = i < Number(listening);
  circuits.push(await openCircuit(base, path, jar, batch => {
    if (!listens) {
      return;
    }

    const at = now();
    for (const [, id] of batch.toString("latin1").matchAll(reference)) {
      if (!seen.has(id)) {
        seen.add(id);
        arrivals.push([id, at]);
      }
    }
  }));
}

let chromium;
if (browser) {
  const { chromium: engine } = await import("playwright-core");
  chromium = await engine.launch({ executablePath: browser, args: ["--no-sandbox"] });
  const context = await chromium.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  await page.goto(new URL("/auth/login", base).href);
  await page.fill("#email", email);
  await page.fill("#password", password);
  await page.keyboard.press("Enter");
  await page.waitForSelector("input[autocomplete=one-time-code]");
  await nextCode();
  await page.fill("input[autocomplete=one-time-code]", totp(secret));
  await page.keyboard.press("Enter");
  await page.waitForURL(url => !url.pathname.startsWith("/auth"));
  await page.exposeFunction("tellArrival", (id, at) => arrivals.push([id, at]));
  await page.addInitScript(() => {
    const seen = new Set();
    const look = root => {
      for (const link of root.querySelectorAll?.('a[href*="/staff/transactions/"]') ?? []) {
        const id = link.getAttribute("href").split("/").pop();
        if (!seen.has(id)) {
          seen.add(id);
          const at = performance.timeOrigin + performance.now();
          window.tellArrival(id, at);
        }
      }
    };
    new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => look(node.parentElement ?? node)))).observe(document, { childList: true, subtree: true });
  });
  await page.goto(new URL(path, base).href);
  await page.waitForSelector("main h1");
}

// What the first picture brought is no news.
setTimeout(() => console.log(JSON.stringify({ ready: circuits.length })), 3000);

for await (const line of createInterface({ input: process.stdin })) {
  await chromium?.close();
  process.stdout.write(JSON.stringify({ arrivals, bytes: circuits.map(circuit => circuit.bytes()) }) + "\n", () => process.exit(0));
  break;
}
