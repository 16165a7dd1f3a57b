// While a stream is open it says what moved; this is for what moves without a word, such as a forecast.
const WATCHED_REFRESH_MS = 60_000;

type LiveState = {
  readonly isOpen: boolean;
  /** Until when nothing had moved that is not shown. */
  readonly confirmedAt: Date | null;
};

let state: LiveState = { isOpen: false, confirmedAt: null };
const listeners = new Set<() => void>();

export const liveState = (): LiveState => state;

export function setLiveState(change: Partial<LiveState>): void {
  state = { ...state, ...change };
  for (const changed of listeners) changed();
}

export function onLiveState(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** How often something is asked for: as given, or seldom while a stream says when it is to be asked. */
export const unlessLive = (everyMs: number) => () => (state.isOpen ? WATCHED_REFRESH_MS : everyMs);
