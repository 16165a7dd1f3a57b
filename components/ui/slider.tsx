import { type ComponentProps, useId } from 'react';

type SliderProps = Omit<ComponentProps<'input'>, 'id' | 'type' | 'min' | 'max' | 'step'> & {
  label: string;
  /** What the thumb stands at, in words. */
  said: string;
  /** It stands at one of so many places, counted from 0. */
  places: number;
};

/** A native slider: arrows move it, and what it says is said to a screen reader, too. */
export function Slider({ label, said, places, ...input }: SliderProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-13">
        <label htmlFor={id} className="text-ink-2">
          {label}
        </label>
        <span aria-hidden className="font-medium text-ink tabular-nums">
          {said}
        </span>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={places - 1}
        step={1}
        aria-valuetext={said}
        className="h-6 w-full accent-accent"
        {...input}
      />
    </div>
  );
}
