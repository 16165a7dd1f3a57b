import type { NextConfig } from 'next';

import { NOTHING_RUNS } from './lib/http/content-security-policy';

const EVERYWHERE = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  // Browsers heed it over TLS only.
  { key: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
  // `proxy.ts` says more for pages.
  { key: 'Content-Security-Policy', value: NOTHING_RUNS },
];

const config: NextConfig = {
  // Tests build beside a running demo without taking its pages away.
  distDir: process.env['COFFER_DIST_DIR'] ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` holds the types, with a compiler ten times as fast.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', 'pino', 'graphile-worker', 'pdfkit'],
  headers: async () => [{ source: '/:path*', headers: EVERYWHERE }],
};

export default config;
