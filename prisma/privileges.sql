-- What the web and worker processes may do. They read what they show and write through the ledger's functions:
-- its tables are out of their reach, even by mistake.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- Nothing here needs temporary tables, and they could stand in for ours where a function runs as the owner.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM coffer_app;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;

GRANT USAGE ON SCHEMA public, ledger TO coffer_app;
GRANT SELECT ON auto_top_up_rules, auto_top_up_consents, audit_marks TO coffer_app;
GRANT SELECT, INSERT, UPDATE ON auto_top_up_records, low_balance_notices TO coffer_app;
GRANT SELECT ON accounts, balances, entries, entry_details, grants, allocations, holds, operations, outbox TO coffer_app;
GRANT UPDATE (sent_at) ON outbox TO coffer_app;
GRANT SELECT, INSERT ON idempotency_keys, card_expiry_notices, credit_expiry_notices, purge_notices, recovery_attempts
    TO coffer_app;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON sign_in_sessions, sign_in_tokens, worker_presence, rate_limits, cards,
    webhook_endpoints, webhook_deliveries, alert_choices, alert_levels TO coffer_app;
GRANT SELECT, INSERT, UPDATE ON users, members, top_ups, stripe_customers, stripe_payments, stripe_events, api_keys,
    recoveries, invoices, credit_notes, reconciliation_findings, event_catch_up TO coffer_app;
-- What is frozen is the ledger's.
GRANT SELECT, INSERT (account_id, id, top_up_id, kind, state, progress, amount_cents, happened_at, changed_at),
    UPDATE (state, progress, amount_cents, changed_at) ON money_back TO coffer_app;
GRANT EXECUTE ON FUNCTION
    ledger.now, ledger.open_account, ledger.set_credit_floor, ledger.credit, ledger.charge, ledger.charge_batch,
    ledger.adjust, ledger.clawback, ledger.restore, ledger.refund, ledger.hold, ledger.settle, ledger.release,
    ledger.start_operation, ledger.finish_operation, ledger.fail_operation,
    ledger.start_session, ledger.heartbeat_session, ledger.close_session, ledger.due_sessions,
    ledger.freeze_purchase, ledger.thaw_purchase,
    ledger.reset_allowance, ledger.due_allowances, ledger.due_accounts, ledger.expire_account, ledger.balance, ledger.activity,
    ledger.set_auto_top_up_rule, ledger.pause_auto_top_up, ledger.resume_auto_top_up,
    ledger.auto_top_up_facts, ledger.lock_auto_top_up_facts, ledger.claim_auto_top_up, ledger.due_auto_top_ups,
    ledger.lived,
    ledger.audit, ledger.accounts_to_audit, ledger.mark_audited, ledger.freeze_account, ledger.thaw_account,
    ledger.behind, ledger.roll_up, ledger.set_time_zone, ledger.usage_edges, ledger.usage, ledger.usage_events,
    ledger.usage_lifetime, ledger.used_services, ledger.today_in, ledger.history, ledger.allowance, ledger.audit_usage
    TO coffer_app;

-- graphile-worker guards its tables with row-level security and leaves the policies to us.
GRANT USAGE ON SCHEMA graphile_worker TO coffer_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO coffer_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO coffer_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO coffer_app;

DO $$
DECLARE
    v_table text;
BEGIN
    FOR v_table IN SELECT tablename FROM pg_tables WHERE schemaname = 'graphile_worker' AND rowsecurity LOOP
        -- Making a policy locks the table against the running worker, so it is made once.
        CONTINUE WHEN EXISTS (
            SELECT 1 FROM pg_policies
             WHERE schemaname = 'graphile_worker' AND tablename = v_table AND policyname = 'coffer_app_works'
        );
        EXECUTE format('CREATE POLICY coffer_app_works ON graphile_worker.%I TO coffer_app USING (true) WITH CHECK (true)', v_table);
    END LOOP;
END $$;
