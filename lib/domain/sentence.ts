/** A sentence whose instants are still instants: who shows it knows the reader's time zone. */
export type Sentence = readonly (string | Date)[];
