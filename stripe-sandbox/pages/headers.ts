import type { Hono } from 'hono';

/** The pages run no script, load nothing from anywhere, and are kept by no cache: their addresses are their keys. */
export const guardPages = (app: Hono): void => {
  app.use(async (c, next) => {
    await next();
    if (c.res.headers.get('content-type')?.startsWith('text/html') !== true) return;
    c.res.headers.set('Cache-Control', 'no-store');
    c.res.headers.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    );
    c.res.headers.set('Referrer-Policy', 'same-origin');
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
  });
};
