import type { NextConfig } from 'next';

import { ON_EVERY_ANSWER } from './lib/http/headers';

const config: NextConfig = {
  // Tests build beside a running demo without taking its pages away.
  distDir: process.env['COFFER_DIST_DIR'] ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` holds the types, with a compiler ten times as fast.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', 'pino', 'graphile-worker', 'pdfkit'],
  headers: async () => [
    { source: '/:path*', headers: ON_EVERY_ANSWER.map(([key, value]) => ({ key, value })) },
  ],
};

export default config;
