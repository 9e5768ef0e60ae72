// node circuits.mjs <base>
// Opens and closes circuits. Commands come on standard input, a line of JSON each, and are answered by one line each:
//   {"people":[{"email","password","secret"}]}            signs them in
//   {"path","count","people":[first,last],"quiet","most"}  opens circuits of a page, of these people in turn, and waits until no
//                                                          batch came for "quiet" ms, at most "most" ms
//   {"listen":true}                                        from now on notes when which transaction came to which circuit
//   {"arrivals":true}                                      tells what was noted: [reference, milliseconds since 1970] each
//   {"close":true}                                         closes all circuits
import { createInterface } from "node:readline";
import { now, openCircuit, signIn } from "./client.mjs";

const base = process.argv[2];
const reference = /\/transactions\/details\/([0-9A-Z]{20})/g;
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const signedIn = [];
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
    circuits.push(await openCircuit(base, path, signedIn[first + (i % (last - first))], batch => listenTo(seen, batch)));
  }

  const end = now() + most;
  while (now() < end && now() - Math.max(...circuits.map(circuit => circuit.lastAt())) < quiet) {
    await pause(100);
  }

  const own = circuits.slice(from);
  const mean = values => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return { opened: own.length, largest: mean(own.map(circuit => circuit.largest())), all: mean(own.map(circuit => circuit.bytes())) };
}

async function answer(command) {
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
