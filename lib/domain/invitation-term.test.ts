import { expect, test } from 'vitest';

import { invitationEnds, type InvitationStanding, invitationStanding } from './invitation-term';

test.each([
  ['2026-11-22T12:00:00.000Z', '2026-11-29T12:00:00.000Z'],
  ['2026-11-22T12:00:00.999Z', '2026-11-29T12:00:00.000Z'],
])('what is sent at %s ends at %s', (sent, ends) => {
  expect(invitationEnds(new Date(sent)).toISOString()).toBe(ends);
});

const to = { email: 'ada@example.com' };
test.each<{
  standing: InvitationStanding;
  invitation: typeof to | null;
  reader: Parameters<typeof invitationStanding>[1];
}>([
  { standing: 'ended', invitation: null, reader: null },
  { standing: 'ended', invitation: null, reader: { ...to, isMember: false } },
  { standing: 'signed-out', invitation: to, reader: null },
  { standing: 'someone-else', invitation: to, reader: { email: 'eve@example.com', isMember: true } },
  { standing: 'member-already', invitation: to, reader: { ...to, isMember: true } },
  { standing: 'open', invitation: to, reader: { ...to, isMember: false } },
])('$standing for $reader', ({ standing, invitation, reader }) => {
  expect(invitationStanding(invitation, reader)).toBe(standing);
});
