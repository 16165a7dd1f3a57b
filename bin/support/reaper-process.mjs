import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const graceMs = 6_000;
/** @type {Map<number, { pid: number; signal: NodeJS.Signals; group: boolean }>} */
const watched = new Map();
/** @type {Set<string>} */
const folders = new Set();

process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('SIGHUP', () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  if ('watch' in order) watched.set(order.watch.pid, order.watch);
  if ('forget' in order) watched.delete(order.forget);
  if ('remove' in order) folders.add(order.remove);
  if ('keep' in order) folders.delete(order.keep);
}

// The pipe has ended, so its owner is gone, even by kill -9: what it left is ended in its place.
for (const each of [...watched.values()].toReversed()) send(targetOf(each), each.signal);
const deadline = Date.now() + graceMs;
while (alive().length > 0 && Date.now() < deadline) await sleep(50);
for (const each of alive()) send(targetOf(each), 'SIGKILL');
for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });

function alive() {
  return [...watched.values()].filter(({ pid }) => send(pid, 0));
}

/** @param {{ pid: number; group: boolean }} process */
function targetOf({ pid, group }) {
  return group ? -pid : pid;
}

/**
 * @param {number} target
 * @param {NodeJS.Signals | 0} signal
 */
function send(target, signal) {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}
