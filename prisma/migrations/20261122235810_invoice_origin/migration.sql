-- Credits that were used first and paid for by an invoice at month's end. A migration of its own: a new value cannot be
-- used in the transaction that adds it.
ALTER TYPE "top_up_origin" ADD VALUE 'invoice';
