import { describe, expect, test } from 'vitest';

import { NewNote } from './note';
import { StaffActionForm } from './staff-action';
import { StaffSearch } from './staff-search';

const ID = '0e984725-c51c-4bf4-9960-e1c80e27aba0';
const form = (fields: Record<string, string>) =>
  StaffActionForm.safeParse({ id: ID, reason: 'Ticket 7', ...fields });

describe('the form of an action', () => {
  test.each([
    { given: { kind: 'credit', amount: '25' }, wanted: { kind: 'credit', amount: 25_000_000n } },
    { given: { kind: 'debit', amount: '0.5' }, wanted: { kind: 'debit', amount: 500_000n } },
    { given: { kind: 'bonus', amount: '1' }, wanted: { kind: 'bonus', lasts: 'by-price-book' } },
    { given: { kind: 'bonus', amount: '1', lasts: 'for-ever' }, wanted: { lasts: 'for-ever' } },
    {
      given: { kind: 'bonus', amount: '1', lasts: 'until', expires: '2026-12-24' },
      wanted: { lasts: new Date('2026-12-24T23:59:59.999Z') },
    },
    {
      given: { kind: 'refund', topUp: ID.toUpperCase(), money: '12.50' },
      wanted: { kind: 'refund', topUpId: ID, amountCents: 1_250n },
    },
    { given: { kind: 'freeze', amount: '7' }, wanted: { kind: 'freeze' } },
  ])('$given', ({ given, wanted }) => {
    expect(form(given).data).toMatchObject(wanted);
  });

  test.each<{ given: Record<string, string>; says: RegExp }>([
    { given: {}, says: /Choose what/ },
    { given: { kind: 'freeze', reason: 'no' }, says: /Say why/ },
    ...['', '0', '-1', '1e9', '٣', '0x10', '1.0000001', 'NaN', '1,000'].map((amount) => ({
      given: { kind: 'credit', amount },
      says: /amount of credits/,
    })),
    { given: { kind: 'bonus', amount: '1', lasts: 'until' }, says: /last day/ },
    { given: { kind: 'refund', topUp: 'pi_1', money: '1' }, says: /purchase by its id/ },
    { given: { kind: 'refund', topUp: ID, money: '1.234' }, says: /money that goes back/ },
    { given: { kind: 'refund', topUp: ID, money: '0' }, says: /money that goes back/ },
  ])('$given is refused in a sentence', ({ given, says }) => {
    expect(form(given).error?.issues[0]?.message).toMatch(says);
  });

  test.each(['account_id', 'role', 'worth', 'state', '__proto__'])('a field %s is refused', (name) => {
    expect(form({ kind: 'freeze', [name]: '1' }).success).toBe(false);
  });
});

test.each(['\u0000', 'a\u0000b', 'a\u001b[31m', 'a\rb'])(
  '%j is no text that is kept or looked for',
  (text) => {
    expect(NewNote.safeParse({ id: ID, text }).success).toBe(false);
    expect(StaffSearch.safeParse({ sought: text }).success).toBe(false);
    expect(form({ kind: 'freeze', reason: `why ${text}` }).success).toBe(false);
  },
);
