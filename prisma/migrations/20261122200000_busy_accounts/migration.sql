-- What schema.prisma cannot say ------------------------------------------------------------------------------------

-- A young ledger has many accounts with an entry each, from which the planner learns that an account's entries may as well be
-- read all. Told that an account has a thousand, it asks for one of them by the index that names it (docs/decisions/0016).
ALTER TABLE entries ALTER COLUMN account_id SET (n_distinct = -0.001);
