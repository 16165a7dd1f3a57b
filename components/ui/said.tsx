import { Time } from './time';

type SaidProps = { parts: readonly ({ text: string } | { at: Date })[] };

/** A sentence whose instants are shown in the reader's own zone. */
export function Said({ parts }: SaidProps) {
  return parts.map((part, place) =>
    'text' in part ? (
      part.text
    ) : (
      // A sentence is whole or another one: its parts never move.
      <Time key={place} instant={part.at} />
    ),
  );
}
