import { expect, test } from 'vitest';

import { Stopped } from './processes';
import { stepLine, Steps } from './steps';

const recorder = () => {
  const written: string[] = [];
  return { written, output: { write: (text: string) => written.push(text) } };
};

test('a step is one line: mark, title, detail and time', () => {
  expect(stepLine({ mark: '✓', title: 'Build', detail: 'unchanged', ms: 1234 })).toMatch(
    /^✓ Build +unchanged +1\.2 s$/,
  );
});

test('steps are written as they end, in that order', async () => {
  const { written, output } = recorder();
  const steps = new Steps(output);
  let letGo = () => {};
  const slow = steps.run('Slow', () => new Promise<void>((resolve) => (letGo = resolve)));
  await steps.run('Quick', async () => 'at once');
  letGo();
  await slow;
  expect(written.map((line) => line.split(/\s+/).slice(0, 2).join(' '))).toEqual(['✓ Quick', '✓ Slow']);
});

test('a step that fails is marked, and its reason goes to the caller', async () => {
  const { written, output } = recorder();
  await expect(new Steps(output).run('Build', () => Promise.reject(new Error('why')))).rejects.toThrow('why');
  expect(written.join('')).toMatch(/^✗ Build +failed/);
});

test('what is cut short by a stop says nothing', async () => {
  const { written, output } = recorder();
  const steps = new Steps(output);
  await expect(steps.run('Web', () => Promise.reject(new Stopped()))).rejects.toThrow(Stopped);
  steps.silence();
  steps.say('too late');
  expect(written).toEqual([]);
});
