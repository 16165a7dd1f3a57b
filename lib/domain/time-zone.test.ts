import { expect, test } from 'vitest';

import { isTimeZone } from './time-zone';

test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu', 'Etc/GMT+5'])(
  '%s is a time zone',
  (name) => expect(isTimeZone(name)).toBe(true),
);

test.each(['', 'Mars/Olympus', '+05:30', '-08', 'X+3', "UTC'; --", 'Europe/Berlin ', 'a'.repeat(200)])(
  '"%s" is none',
  (name) => expect(isTimeZone(name)).toBe(false),
);
