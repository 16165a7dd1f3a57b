import { describe, expect, test } from 'vitest';

import { faultOfWebhookUrl } from './webhook-url';

const fault = (url: string) => faultOfWebhookUrl(url, { toLoopback: false });

describe('an address for events', () => {
  test.each([
    'https://example.com',
    'https://example.com/hooks?key=1',
    'https://example.com:443/',
    'https://example.com:8443/a',
    'https://bücher.example/',
  ])('%s may be given', (url) => {
    expect(fault(url)).toBeNull();
  });

  test.each([
    { url: '', says: 'Give an address' },
    { url: 'example.com', says: 'Give an address' },
    { url: 'https://', says: 'Give an address' },
    { url: 'https://exa mple.com', says: 'Give an address' },
    { url: 'https://[::1', says: 'Give an address' },
    { url: 'http://example.com', says: 'must begin with https' },
    { url: 'HTTP://example.com', says: 'must begin with https' },
    { url: 'gopher://example.com:443/_', says: 'must begin with https' },
    { url: 'file:///etc/passwd', says: 'must begin with https' },
    { url: 'ftp://example.com', says: 'must begin with https' },
    { url: 'data:text/plain,hello', says: 'must begin with https' },
    { url: 'javascript:alert(1)', says: 'must begin with https' },
    { url: 'https://example.com:80', says: 'ports 443 and 8443' },
    { url: 'https://example.com:22', says: 'ports 443 and 8443' },
    { url: 'https://example.com:6379', says: 'ports 443 and 8443' },
    { url: 'https://safe.example@127.0.0.1/', says: 'user name' },
    { url: 'https://user:pass@example.com', says: 'user name' },
    { url: 'https://127.0.0.1#@example.com/', says: 'after #' },
    { url: 'https://example.com/#', says: 'after #' },
    { url: `https://example.com/${'a'.repeat(2048)}`, says: '2048 characters' },
    { url: 'http://127.0.0.1:3000', says: 'must begin with https' },
  ])('$url is refused: $says', ({ url, says }) => {
    expect(fault(url)).toContain(says);
  });

  test.each([
    { url: 'http://127.0.0.1:4000/hooks', may: true },
    { url: 'http://localhost:4000', may: true },
    { url: 'http://[::1]:4000', may: true },
    { url: 'http://2130706433:4000', may: true },
    { url: 'http://localhost.example.com:4000', may: false },
    { url: 'http://127.0.0.1.example.com', may: false },
    { url: 'http://10.0.0.1', may: false },
    { url: 'ftp://127.0.0.1', may: false },
    { url: 'https://example.com:4000', may: false },
  ])('where this machine may listen, $url may be given: $may', ({ url, may }) => {
    expect(faultOfWebhookUrl(url, { toLoopback: true }) === null).toBe(may);
  });
});
