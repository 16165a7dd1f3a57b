/** Next calls this once before it serves. A wrong environment stops the start, with the variable's name and the reason. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { stopOnWrongEnvironment } = await import('@/lib/env');
  stopOnWrongEnvironment();
}
