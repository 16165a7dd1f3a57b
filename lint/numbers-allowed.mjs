/** Files that may make a number of something else, and of what: none of it is an amount, but in the first. */
export const NUMBERS_ALLOWED = {
  'lib/domain/number-of.ts':
    'what everybody else calls: counts, which the compiler tells from amounts, and exact numbers',
  'lib/api/numbers.ts': 'credits as the seeds’ own endpoints write them, in JSON numbers',
  'components/billing/use-counted.ts': 'how far an animation has come',
  'bin/support/demo.ts': 'a port',
  'bin/support/install.mjs': 'the parts of a version',
  'bin/support/lock.ts': 'a process',
  'bin/support/meter-address.ts': 'a port',
  'bin/support/postgres-account.ts': 'a user and a group',
  'bin/support/postgres.ts': 'a process',
};
