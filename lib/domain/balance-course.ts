import { type Credits, credits } from './credits';
import type { Stretch } from './history';

/** One of equally long stretches: its end, the lowest balance within it, and the balance at its end. */
export type BalancePoint = { readonly at: Date; readonly lowest: Credits; readonly available: Credits };

/** Follows a balance through time, exactly, and keeps only what a chart and its figures need. */
export class BalanceCourse {
  lowest: Credits;
  /** How long nothing was left, in milliseconds. */
  atZeroMs = 0;
  readonly points: BalancePoint[] = [];
  /** Credits above zero × milliseconds. */
  #area = 0n;
  #since: number;
  #pointEnd: number;
  #pointLowest: Credits;

  constructor(
    private readonly stretch: Stretch,
    private available: Credits,
    private readonly count: number,
  ) {
    this.lowest = available;
    this.#pointLowest = available;
    this.#since = stretch.from.getTime();
    this.#pointEnd = this.#endOf(0);
  }

  /** `at` is never before the change that was told last. */
  changeTo(at: number, available: Credits): void {
    this.#passTo(at);
    this.available = available;
    if (available < this.lowest) this.lowest = available;
    if (available < this.#pointLowest) this.#pointLowest = available;
  }

  /** Nothing changes any more until the stretch ends. */
  end(): void {
    this.#passTo(this.stretch.to.getTime());
    while (this.points.length < this.count) this.#closePoint();
  }

  /** Over the whole stretch; a debt counts as nothing. */
  get average(): Credits {
    return credits(this.#area / BigInt(this.stretch.to.getTime() - this.stretch.from.getTime()));
  }

  #passTo(at: number): void {
    while (this.#pointEnd < at) this.#closePoint();
    if (at > this.#since) {
      if (this.available <= 0n) this.atZeroMs += at - this.#since;
      else this.#area += this.available * BigInt(at - this.#since);
      this.#since = at;
    }
  }

  #closePoint(): void {
    const { available } = this;
    this.points.push({ at: new Date(this.#pointEnd), lowest: this.#pointLowest, available });
    this.#pointEnd = this.#endOf(this.points.length);
    this.#pointLowest = available;
  }

  #endOf(point: number): number {
    const [from, to] = [this.stretch.from.getTime(), this.stretch.to.getTime()];
    return from + Math.round(((to - from) * (point + 1)) / this.count);
  }
}
