const parentCheckMs = 500;

/** Calls back once, for the first request to stop; a terminal and npm may each send the same one. */
export function onStopRequest(stop: (why: string) => void): void {
  const parent = process.ppid;
  let asked = false;
  const once = (why: string) => {
    if (asked) return;
    asked = true;
    stop(why);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => once(signal));
  // npm's shell may take the signal for itself and end without passing it on.
  if (process.env['npm_lifecycle_event'] !== undefined) {
    setInterval(() => {
      if (process.ppid !== parent) once('npm has ended');
    }, parentCheckMs).unref();
  }
  // Whoever read our output may have gone (`| head`); that is no reason to leave processes behind.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}
