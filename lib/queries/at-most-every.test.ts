import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { atMostEvery } from './at-most-every';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first is done at once, those that follow too soon once together, and nothing more after that', () => {
  const done = vi.fn();
  const ask = atMostEvery(1_000, done);
  ask();
  expect(done).toHaveBeenCalledTimes(1);
  for (let turn = 0; turn < 50; turn += 1) {
    ask();
    vi.advanceTimersByTime(10);
  }
  expect(done).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(500);
  expect(done).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(60_000);
  expect(done).toHaveBeenCalledTimes(2);
  ask();
  expect(done).toHaveBeenCalledTimes(3);
});

test('where it is asked for without end, it is done once in each stretch', () => {
  const done = vi.fn();
  const ask = atMostEvery(1_000, done);
  for (let turn = 0; turn < 1_000; turn += 1) {
    ask();
    vi.advanceTimersByTime(10);
  }
  expect(done.mock.calls.length).toBeGreaterThanOrEqual(10);
  expect(done.mock.calls.length).toBeLessThanOrEqual(11);
});
