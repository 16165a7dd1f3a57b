export type ClockState = { offsetMs: number; frozenAtMs: number | null };
type ClockMove = { advance?: number; offset?: number; freeze?: boolean };

/** Time as the sandbox tells it. It can be frozen and shifted; `realNow` cannot. */
export type Clock = {
  realNow(): number;
  now(): number;
  seconds(): number;
  /** `advance` and `offset` are seconds: the first moves on from now, the second sets the distance from real time. */
  move(move: ClockMove): void;
  state(): ClockState;
  restore(state: ClockState): void;
};

export const createClock = (realNow: () => number): Clock => {
  let state: ClockState = { offsetMs: 0, frozenAtMs: null };
  const now = () => state.frozenAtMs ?? realNow() + state.offsetMs;
  return {
    realNow,
    now,
    seconds: () => Math.floor(now() / 1000),
    move({ advance = 0, offset, freeze }) {
      const target = (offset === undefined ? now() : realNow() + offset * 1000) + advance * 1000;
      const frozen = freeze ?? state.frozenAtMs !== null;
      state = { offsetMs: target - realNow(), frozenAtMs: frozen ? target : null };
    },
    state: () => state,
    restore(saved) {
      state = saved;
    },
  };
};
