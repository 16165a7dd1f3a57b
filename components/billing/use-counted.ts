'use client';

import { useEffect, useRef, useState } from 'react';

import { type Credits, credits } from '@/lib/domain/credits';

const COUNT_MS = 200;
const STEPS = 1_000;

/** Moves once to a new value; the first value, and any value for those who want less motion, simply stands. */
export function useCounted(value: Credits): Credits {
  const [shown, setShown] = useState(value);
  const from = useRef(value);

  useEffect(() => {
    const start = from.current;
    from.current = value;
    if (start === value) return undefined;
    const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const began = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const way = isCalm ? 1 : Math.min(1, Math.max(0, (now - began) / COUNT_MS));
      const eased = 1 - (1 - way) ** 3;
      const gone = ((value - start) * BigInt(Math.round(eased * STEPS))) / BigInt(STEPS);
      setShown(way === 1 ? value : credits(start + gone));
      if (way < 1) frame = requestAnimationFrame(step);
    });
    return () => {
      cancelAnimationFrame(frame);
      setShown(value);
    };
  }, [value]);

  return shown;
}
