import type { Cents, Credits } from './credits';
import type { EntryKind } from './entry';
import type { EventTopic } from './event-topic';
import type { Price } from './price';

/** An amount of credits at a price, offered as it stands. */
export type Package = {
  readonly id: string;
  readonly credits: Credits;
  readonly priceCents: Cents;
};

type Bounds<Amount> = { readonly least: Amount; readonly most: Amount };

/** Any amount of money within bounds, at the book's rate. */
export type FreeAmount = {
  readonly kind: 'free-amount';
  readonly leastCents: Cents;
  readonly mostCents: Cents;
  /** Amounts are multiples of this, so that whole credits are bought. */
  readonly stepCents: Cents;
  /** Amounts to choose from where nobody wants to type one. */
  readonly presetsCents: readonly Cents[];
};

type Sale = { readonly kind: 'packages'; readonly packages: readonly Package[] } | FreeAmount;

export type Service = {
  /** For people. */
  readonly title: string;
  readonly price: Price;
  /**
   * on_accept: charged when the work is accepted, given back when it fails · on_success: charged when it has succeeded ·
   * after_processing: started on a positive balance, charged when it is done.
   */
  readonly settlement: 'on_accept' | 'on_success' | 'after_processing';
  /**
   * When the credits do not cover it — refuse: it does not start · pending_payment: it waits for the next credits, oldest
   * first · negative: it is charged all the same, and nothing more starts below zero.
   */
  readonly shortfall: 'refuse' | 'pending_payment' | 'negative';
};

/** Buying by itself. Off until a customer turns it on. */
type AutoTopUpRules = {
  /** Fires strictly below it, never at it. */
  readonly threshold: Bounds<Credits> & { readonly preset: Credits };
  /** target: fill up to a balance · amount: buy the same each time. */
  readonly size:
    | {
        readonly mode: 'target';
        readonly target: Bounds<Credits> & { readonly preset: Credits };
        /** A target is at least this far above its threshold. */
        readonly leastAboveThreshold: Credits;
      }
    | { readonly mode: 'amount'; readonly amountCents: Bounds<Cents> & { readonly preset: Cents } };
  /** Also tried inside a request that lacks the credits. */
  readonly isInline: boolean;
  readonly checkEverySeconds: bigint;
  /** At most one within so long; zero where only the customer's monthly limit bounds it. */
  readonly cooldownSeconds: bigint;
  /** What may be bought so in a calendar month, until the customer sets another limit. */
  readonly monthlyLimitCents: Cents;
};

/** What an operator edits: what a credit costs, what each service costs and when, and the rules of buying. */
export type PriceBook = {
  readonly id: string;
  /** Changes whenever a number in the book does; kept with what was bought or charged under it. */
  readonly version: string;
  readonly credit: {
    readonly singular: string;
    readonly plural: string;
    /** Decimals that a screen shows, 0–6. */
    readonly decimals: number;
    /** `creditUnits` of credits cost `priceCents`. */
    readonly rate: { readonly creditUnits: Credits; readonly priceCents: Cents };
  };
  /** ISO 4217 in lower case, as Stripe writes it. */
  readonly currency: string;
  readonly sale: Sale;
  readonly grants: {
    /** Given once, when an account opens. */
    readonly welcome: Credits | null;
    /** Given anew each month on the day of the account's opening, 00:00 UTC; what is left of the last one ends then. */
    readonly monthlyAllowance: Credits | null;
    /** Days that purchases last; null where they never expire. */
    readonly purchaseExpiryDays: bigint | null;
    /** Days that grants of staff last, unless they say otherwise; null where they never expire. */
    readonly staffGrantExpiryDays: bigint | null;
  };
  readonly services: Readonly<Record<string, Service>>;
  /** until_settled: work that began may take the balance below zero when it is charged. */
  readonly overdraft: 'none' | 'until_settled';
  /** How long work waits for credits before it is purged; null where nothing waits. */
  readonly pendingPaymentDays: bigint | null;
  readonly autoTopUp: AutoTopUpRules;
  /** At or below these the customer is told; null where the book has no levels of its own. */
  readonly alerts: { readonly warning: Credits; readonly critical: Credits } | null;
  /** Staff may agree with an account that it is invoiced at the end of the month. */
  readonly endOfMonthInvoicing: boolean;
  /** What the public API calls a kind of entry; a kind that is not here keeps its own name. */
  readonly wireKinds: Readonly<Partial<Record<EntryKind, string>>>;
  /** What an event is called where customers' systems hear of it; a topic that is not here keeps its own name. */
  readonly wireEvents: Readonly<Partial<Record<EventTopic, string>>>;
};

/** What automatic top-ups go by: enough of a book for a browser to decide with. */
export type AutoTopUpBook = Pick<
  PriceBook,
  'credit' | 'currency' | 'sale' | 'autoTopUp' | 'pendingPaymentDays'
>;

/** The service that `name` names, or null when the book has none of that name. */
export const serviceOf = (book: PriceBook, name: string): Service | null =>
  Object.hasOwn(book.services, name) ? (book.services[name] ?? null) : null;

// A book in which nothing waits has none: work may still be left over from the book before it.
const PENDING_DAYS = 30n;

/** What becomes of finished work of a service that cannot be paid: a debt, or it waits. Nothing is left to refuse by then. */
export const shortfallOf = (book: PriceBook, name: string) => ({
  shortfall:
    serviceOf(book, name)?.shortfall === 'negative' ? ('negative' as const) : ('pending_payment' as const),
  pendingDays: book.pendingPaymentDays ?? PENDING_DAYS,
});

/** The name under which the public API speaks of `kind`. */
export const wireKindOf = (book: PriceBook, kind: EntryKind): string => book.wireKinds[kind] ?? kind;

/** The name under which customers' systems hear of `topic`. */
export const wireEventOf = (book: PriceBook, topic: EventTopic): string => book.wireEvents[topic] ?? topic;
