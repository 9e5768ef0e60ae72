// Measures pages of a running portal with demo data in Chromium: Lighthouse's scores, desktop and phone, and the bytes of a first visit. See
// docs/benchmarks.md.
//
//   node pages.mjs http://localhost:5080 [--runs 3] [--pages dashboard,history] [--forms phone] [--json results.json] [--reports folder]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "3" },
    pages: { type: "string" },
    forms: { type: "string", default: "desktop,phone" },
    email: { type: "string", default: "ava.chen@demo.example" },
    password: { type: "string", default: "Quiet-Harbour-26" },
    chromium: { type: "string", default: process.env.CHROMIUM ?? "/usr/bin/chromium" },
    json: { type: "string" },
    reports: { type: "string" },
  },
});
const base = positionals[0] ?? "http://localhost:5080";
const runs = Number(given.runs);
const forms = given.forms.split(",");
const categories = ["performance", "accessibility", "best-practices", "seo"];
const pages = [
  { name: "landing", path: "/" },
  { name: "login", path: "/auth/login" },
  { name: "dashboard", path: "/account/dashboard", signedIn: true },
  { name: "history", path: "/transactions/history", signedIn: true },
  { name: "transfer", path: "/transactions/transfer", signedIn: true },
].filter(page => !given.pages || given.pages.split(",").includes(page.name));

const median = numbers => numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
const profile = mkdtempSync(join(tmpdir(), "bankportal-lighthouse-"));
const browser = await puppeteer.launch({
  executablePath: given.chromium,
  userDataDir: profile,
  args: ["--no-sandbox", "--headless=new", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
});

// The code of the demo's authenticators is on a page of the portal. Each is accepted once.
async function signIn() {
  const page = await browser.newPage();
  for (let tries = 0; ; tries++) {
    await page.goto(new URL("/auth/login", base), { waitUntil: "load" });
    await page.type("#email", given.email);
    await page.type("#password", given.password);
    await Promise.all([page.waitForNavigation(), page.click("button[type=submit]:not([data-theme-set])")]);
    if (page.url().includes("code")) {
      const list = await (await fetch(new URL("/dev/sign-ins", base))).text();
      const row = list.slice(list.indexOf(given.email));
      await page.type("[autocomplete=one-time-code]", /\b\d{6}\b/.exec(row)[0]);
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    }

    if (!page.url().includes("/auth/")) {
      await page.close();
      return;
    }

    if (tries === 4) {
      throw new Error(`Signing in did not work; the browser is at ${page.url()}.`);
    }

    await new Promise(resolve => setTimeout(resolve, 31000 - (Date.now() % 30000)));
  }
}

// A browser tab with nothing in its cache, counting what comes over the wire. Scrolls down when asked to, so that what waits for being in view loads.
async function weigh(path, scroll) {
  const page = await browser.newPage();
  await page.setViewport(scroll ? { width: 1350, height: 940 } : { width: 412, height: 823, isMobile: true });
  const network = await page.createCDPSession();
  await network.send("Network.enable");
  await network.send("Network.clearBrowserCache");
  const files = new Map();
  network.on("Network.responseReceived", event => files.set(event.requestId, { url: new URL(event.response.url).pathname, bytes: 0 }));
  network.on("Network.loadingFinished", event => {
    const file = files.get(event.requestId);
    if (file) {
      file.bytes = event.encodedDataLength;
    }
  });
  await page.goto(new URL(path, base), { waitUntil: "networkidle0" });
  if (scroll) {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.waitForNetworkIdle({ idleTime: 1500 });
  }

  await page.close();
  const sent = [...files.values()].filter(file => file.bytes > 0).toSorted((a, b) => b.bytes - a.bytes);
  return { kilobytes: sent.reduce((sum, file) => sum + file.bytes, 0) / 1000, files: sent };
}

async function measure(page, form) {
  const results = [];
  for (let run = 0; run < runs; run++) {
    const tab = await browser.newPage();
    const network = await tab.createCDPSession();
    await network.send("Network.clearBrowserCache");
    const flags = { disableStorageReset: true, logLevel: "error", onlyCategories: categories };
    const result = await lighthouse(new URL(page.path, base).href, flags, form === "desktop" ? desktopConfig : undefined, tab);
    await tab.close();
    results.push(result.lhr);
    if (given.reports) {
      mkdirSync(given.reports, { recursive: true });
      writeFileSync(join(given.reports, `${page.name}-${form}-${run + 1}.json`), JSON.stringify(result.lhr));
    }
  }

  const score = name => Math.round(100 * median(results.map(lhr => lhr.categories[name].score)));
  const audit = name => median(results.map(lhr => lhr.audits[name].numericValue ?? NaN));
  return {
    page: page.name,
    form,
    ...Object.fromEntries(categories.map(name => [name, score(name)])),
    fcp: Math.round(audit("first-contentful-paint")),
    lcp: Math.round(audit("largest-contentful-paint")),
    tbt: Math.round(audit("total-blocking-time")),
    cls: Number(audit("cumulative-layout-shift").toFixed(3)),
    kilobytes: Math.round(audit("total-byte-weight") / 1000),
    failed: [...new Set(results.flatMap(lhr => Object.values(lhr.audits)
      .filter(one => one.score !== null && one.score < 0.9 && ["binary"].includes(one.scoreDisplayMode)).map(one => one.id)))],
  };
}

try {
  const rows = [];
  const weights = [];
  let isSignedIn = false;
  for (const page of pages) {
    if (page.signedIn && !isSignedIn) {
      await signIn();
      isSignedIn = true;
    }

    for (const form of forms) {
      const row = await measure(page, form);
      rows.push(row);
      console.error(`${row.page} ${row.form}: ${categories.map(name => row[name]).join(" ")}, FCP ${row.fcp}, LCP ${row.lcp}, TBT ${row.tbt}, CLS ${row.cls}, ${row.kilobytes} KB; ${row.failed.join(" ")}`);
    }

    const first = await weigh(page.path, false);
    const whole = await weigh(page.path, true);
    weights.push({ page: page.name, phone: Math.round(first.kilobytes), scrolled: Math.round(whole.kilobytes), files: whole.files });
  }

  console.log("| page | form | performance | accessibility | best practices | search | FCP ms | LCP ms | blocking ms | layout shift | KB |");
  console.log("|---|---|---|---|---|---|---|---|---|---|---|");
  for (const row of rows) {
    console.log(`| ${[row.page, row.form, ...categories.map(name => row[name]), row.fcp, row.lcp, row.tbt, row.cls, row.kilobytes].join(" | ")} |`);
  }

  console.log("\n| page | KB of a first visit on a phone | KB on a desktop, scrolled to the end |\n|---|---|---|");
  for (const row of weights) {
    console.log(`| ${row.page} | ${row.phone} | ${row.scrolled} |`);
  }

  if (given.json) {
    writeFileSync(given.json, JSON.stringify({ rows, weights }, null, 2));
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
