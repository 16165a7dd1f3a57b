/** Each room, and the rooms it may import. The table of doors in docs/ARCHITECTURE.md is this table. */
export const rooms = {
  'lib/domain': [],
  'lib/contracts': ['lib/domain'],
  'price-books': ['lib/domain'],
  'lib/db': ['lib/domain'],
  'lib/stripe': ['lib/domain'],
  'lib/email': ['lib/domain'],
  'lib/webhooks': ['lib/domain'],
  'lib/auth': ['lib/db', 'lib/email', 'lib/domain'],
  'lib/views': ['lib/db', 'lib/contracts', 'lib/domain', 'price-books'],
  'lib/services': ['lib/db', 'lib/stripe', 'lib/webhooks', 'lib/contracts', 'lib/domain', 'price-books'],
  'lib/jobs': ['lib/services', 'lib/db', 'lib/stripe', 'lib/email', 'lib/domain', 'price-books'],
  'lib/http': ['lib/auth', 'lib/db', 'lib/contracts', 'lib/domain'],
  'lib/api': ['lib/http', 'lib/services', 'lib/views', 'lib/contracts', 'lib/domain'],
  'lib/queries': ['lib/contracts', 'lib/domain'],
  components: ['lib/queries', 'lib/contracts', 'lib/domain'],
  app: [
    'components',
    'lib/api',
    'lib/http',
    'lib/auth',
    'lib/services',
    'lib/views',
    'lib/queries',
    'lib/contracts',
  ],
  client: [],
  'stripe-sandbox': [],
};
const everywhere = ['lib/env', 'lib/log'];
const house = [
  'app',
  'client',
  'components',
  'lib',
  'price-books',
  'prisma',
  'e2e',
  'bench',
  'bin',
  'stripe-sandbox',
];
const starts = (paths) => `^(${paths.join('|')})(/|\\.|$)`;
const tests = '\\.test\\.tsx?$';

export default {
  forbidden: [
    ...Object.entries(rooms).map(([room, may]) => ({
      name: `${room} imports only: ${may.join(', ') || 'itself'}`,
      severity: 'error',
      from: { path: starts([room]), pathNot: tests },
      to: {
        path: starts(house),
        pathNot: starts([
          room,
          ...may,
          ...(['lib/domain', 'client', 'stripe-sandbox'].includes(room) ? [] : everywhere),
        ]),
      },
    })),
    {
      name: 'bin imports anything but app and components',
      severity: 'error',
      from: { path: '^bin/' },
      to: { path: starts(['app', 'components']) },
    },
    {
      name: 'domain is pure',
      severity: 'error',
      from: { path: starts(['lib/domain', 'price-books']), pathNot: tests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'only lib/stripe holds the Stripe SDK',
      severity: 'error',
      from: { path: starts(house), pathNot: `^(lib/stripe|stripe-sandbox|e2e)/|${tests}` },
      to: { path: 'node_modules/stripe/' },
    },
    {
      name: 'only lib/db holds Prisma and pg',
      severity: 'error',
      from: { path: '^(app|components|lib/(?!db/))', pathNot: tests },
      to: { path: 'node_modules/(@prisma|pg)/' },
    },
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'lib/db/generated|\\.next|\\.coffer' },
  },
};
