import type { QueryClient, QueryKey } from '@tanstack/react-query';

import { atMostEvery } from './at-most-every';
import { autoTopUpQuery } from './auto-top-up';
import { balanceQuery } from './balance';
import { setLiveState } from './live-state';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
// What the server drew itself costs a whole page to draw again.
const REDRAW_EVERY_MS = 30_000;

/** What an event concerns, and how seldom it may be asked for where an account never rests. */
const FOLLOWED: readonly { key: QueryKey; exact: boolean; everyMs: number }[] = [
  { key: balanceQuery.queryKey, exact: true, everyMs: 1_000 },
  { key: ['activity'], exact: false, everyMs: 2_000 },
  { key: autoTopUpQuery.queryKey, exact: true, everyMs: 3_000 },
];

/** A page of the ledger that is not the first one never changes. */
const isFarBack = (key: QueryKey) =>
  key[0] === 'activity' && typeof key[2] === 'string' && new URLSearchParams(key[2]).has('before');

/**
 * Asks for what is shown again when the server says that it moved; without a stream the queries ask by themselves, as
 * before. `redraw` asks for what the server drew. Only while the page is seen: a browser has few connections, and hidden pages need none. Gives the way to stop.
 */
export function followLive(cache: QueryClient, redraw: () => void): () => void {
  const refreshers = FOLLOWED.map(({ key, exact, everyMs }) =>
    atMostEvery(
      everyMs,
      () =>
        void cache.invalidateQueries({
          queryKey: key,
          exact,
          predicate: ({ queryKey }) => !isFarBack(queryKey),
        }),
    ),
  );
  const refresh = () => refreshers.forEach((again) => again());
  const redrawSeldom = atMostEvery(REDRAW_EVERY_MS, redraw);
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = FIRST_WAIT_MS;
  let seen = '';

  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
    setLiveState({ isOpen: false });
  };
  const open = () => {
    close();
    const stream = new EventSource(`/api/live?after=${encodeURIComponent(seen)}`);
    source = stream;
    stream.addEventListener('open', () => {
      waitMs = FIRST_WAIT_MS;
      setLiveState({ isOpen: true });
    });
    stream.addEventListener('current', () => setLiveState({ confirmedAt: new Date() }));
    stream.addEventListener('changed', ({ lastEventId }) => {
      // The first one says where a page begins that was drawn a moment ago.
      if (seen !== '') redrawSeldom();
      seen = lastEventId;
      refresh();
    });
    // The server sends whoever reloads to where they can sign in.
    stream.addEventListener('ended', () => {
      close();
      window.location.reload();
    });
    stream.addEventListener('error', () => {
      close();
      // Now the queries ask by themselves; the first time at once.
      refresh();
      redrawSeldom();
      // Not all at the same moment, where a server restarts.
      timer = setTimeout(openWhenSeen, waitMs * (0.5 + Math.random()));
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
    });
  };
  const openWhenSeen = () => {
    if (document.visibilityState === 'visible') open();
    else close();
  };

  document.addEventListener('visibilitychange', openWhenSeen);
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', openWhenSeen);
  openWhenSeen();
  return () => {
    close();
    document.removeEventListener('visibilitychange', openWhenSeen);
    window.removeEventListener('pagehide', close);
    window.removeEventListener('pageshow', openWhenSeen);
  };
}
