/** Next calls this once before it serves. A wrong environment or price book stops the start, with all that is wrong. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { stopOnWrongEnvironment } = await import('@/lib/env');
  const { priceBook } = await import('@/price-books/price-book');
  stopOnWrongEnvironment(priceBook);
}
