import type { Credits } from '@/lib/domain/credits';
import type { WorkColumn } from '@/lib/domain/work-of-record';

/** What a service needs to be told of a piece of work. */
export type PriceField = {
  column: WorkColumn;
  label: string;
  /** What it may be; null where it is a number. */
  choices: readonly string[] | null;
};

/** A service as a customer reads of it, with work that was worked out. */
export type PricedService = {
  name: string;
  title: string;
  words: readonly string[];
  examples: readonly { formula: string; amount: Credits }[];
  fields: readonly PriceField[];
};

export type PriceList = {
  priceBook: { id: string; version: string };
  services: readonly PricedService[];
  /** Work of the book as a CSV file holds it. */
  exampleTable: string;
};
