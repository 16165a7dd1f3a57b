import { expect, test } from 'vitest';

import { deviceOf } from './device';

test.each([
  {
    agent:
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36',
    device: 'Chrome on Linux',
  },
  {
    agent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18 Safari/605.1.15',
    device: 'Safari on macOS',
  },
  {
    agent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18 Mobile Safari/604.1',
    device: 'Safari on iOS',
  },
  {
    agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0 Safari/537.36 Edg/141.0',
    device: 'Edge on Windows',
  },
  { agent: 'curl/8.5', device: 'Unknown browser' },
])('$device', ({ agent, device }) => {
  expect(deviceOf(agent)).toBe(device);
});
