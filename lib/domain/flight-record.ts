import type { AutoTopUpDecision, WaitReason } from './auto-top-up';

/** One time that the decision was asked for. */
export type Evaluation = {
  readonly decision: AutoTopUpDecision;
  /** Of the rule's record of consent: another rule is another answer. */
  readonly ruleVersion: bigint;
  readonly at: Date;
};

/** A line of the flight recorder: the same answer, so many times on end. */
export type FlightRecord = {
  readonly because: AutoTopUpDecision['because'];
  readonly until: Date | null;
  readonly ruleVersion: bigint;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly count: bigint;
};

export type Recording = {
  /** again: `record` replaces the last one · new: it is written beside it. */
  readonly kind: 'again' | 'new';
  readonly record: FlightRecord;
};

/** How an evaluation is kept. A charge is always a line of its own; the same wait under the same rule is counted. */
export function recordingOf(last: FlightRecord | null, { decision, ruleVersion, at }: Evaluation): Recording {
  const until = decision.kind === 'wait' ? decision.until : null;
  if (decision.kind === 'wait' && last !== null && isSame(last, decision.because, until, ruleVersion)) {
    const lastAt = at > last.lastAt ? at : last.lastAt;
    return { kind: 'again', record: { ...last, lastAt, count: last.count + 1n } };
  }
  const record = { because: decision.because, until, ruleVersion, firstAt: at, lastAt: at, count: 1n };
  return { kind: 'new', record };
}

const isSame = (last: FlightRecord, because: WaitReason, until: Date | null, ruleVersion: bigint) =>
  last.because === because && last.until?.getTime() === until?.getTime() && last.ruleVersion === ruleVersion;
