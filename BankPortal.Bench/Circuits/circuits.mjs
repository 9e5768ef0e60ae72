// node circuits.mjs <base>
// Opens and closes circuits. Commands come on standard input, a line of JSON each, and are answered by one line each:
//   {"people":[{"email","password","secret"}]}            signs them in
//   {"path","count","people":[first,last],"quiet","most"}  opens circuits of a page, of these people in turn, and waits until no
//                                                          batch came for "quiet" ms, at most "most" ms
//   {"listen":true}                                        from now on notes when which transaction came to which circuit
//   {"arrivals":true}                                      tells what was noted: [reference, milliseconds since 1970] each
//   {"clicks":["Label", ...],"perSecond","seconds"}        clicks the buttons with these labels in turn, in one circuit after the other, and
//                                                          tells how long each click took until it was answered, in milliseconds
//   {"close":true}                                         closes all circuits
import { createInterface } from "node:readline";
import { clickHandler, now, openCircuit, signIn } from "./client.mjs";

const base = process.argv[2];
const reference = /\/transactions\/details\/([0-9A-Z]{20})/g;
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const signedIn = [];
// Enough to hold all of a page as it is drawn at first.
const MostBatches = 50;
let circuits = [];
let arrivals = null;

function listenTo(seen, batch) {
  const at = now();
  for (const [, id] of batch.toString("latin1").matchAll(reference)) {
    if (!seen.has(id)) {
      seen.add(id);
      arrivals?.push([id, at]);
    }
  }
}

async function open({ path, count, people: [first, last], quiet, most }) {
  const from = circuits.length;
  for (let i = 0; i < count; i++) {
    const seen = new Set();
    const batches = [];
    const circuit = await openCircuit(base, path, signedIn[first + (i % (last - first))], batch => {
      if (batches.length < MostBatches) {
        batches.push(batch);
      }

      listenTo(seen, batch);
    });
    circuit.batches = batches;
    circuits.push(circuit);
  }

  const end = now() + most;
  while (now() < end && now() - Math.max(...circuits.map(circuit => circuit.lastAt())) < quiet) {
    await pause(100);
  }

  const own = circuits.slice(from);
  const mean = values => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return { opened: own.length, largest: mean(own.map(circuit => circuit.largest())), all: mean(own.map(circuit => circuit.bytes())) };
}

function buttons(circuit, labels) {
  circuit.handlers ??= labels.map(label => circuit.batches.map(batch => clickHandler(batch, label)).findLast(handler => handler));
  if (circuit.handlers.some(handler => !handler)) {
    throw new Error(`The page lacks a button of ${labels}.`);
  }

  return circuit.handlers;
}

async function click({ clicks, perSecond, seconds }) {
  circuits.forEach(circuit => buttons(circuit, clicks));
  const under = [];
  const start = performance.now();
  for (let i = 0; i < perSecond * seconds; i++) {
    await pause(Math.max(0, start + (i * 1000) / perSecond - performance.now()));
    const circuit = circuits[i % circuits.length];
    under.push(circuit.click(circuit.handlers[Math.floor(i / circuits.length) % clicks.length]));
  }

  return { took: await Promise.all(under) };
}

async function answer(command) {
  if (command.clicks) {
    return click(command);
  }

  if (command.path) {
    return open(command);
  }

  if (command.people) {
    for (const { email, password, secret } of command.people) {
      signedIn.push(await signIn(base, email, password, secret));
    }

    return { people: signedIn.length };
  }

  if (command.close) {
    await Promise.all(circuits.map(circuit => circuit.close()));
    circuits = [];
    return { closed: true };
  }

  if (command.listen) {
    arrivals = [];
    return { listening: true };
  }

  const noted = arrivals;
  arrivals = null;
  return { arrivals: noted };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}

process.exit(0);
