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
GRANT SELECT, INSERT ON idempotency_keys, card_expiry_notices, credit_expiry_notices, purge_notices, recovery_attempts,
    audit_log, account_notes TO coffer_app;
GRANT USAGE ON SEQUENCE audit_log_id_seq TO coffer_app;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON sign_in_sessions, sign_in_tokens, authenticators, backup_codes, mailed_codes, worker_presence, rate_limits, cards,
    webhook_endpoints, webhook_deliveries, alert_choices, alert_levels TO coffer_app;
GRANT SELECT, INSERT, UPDATE ON users, top_ups, stripe_customers, stripe_payments, stripe_events, api_keys,
    recoveries, invitations, invoices, credit_notes, reconciliation_findings, event_catch_up,
    invoice_terms, bills TO coffer_app;
GRANT SELECT, INSERT, DELETE, UPDATE (role) ON members TO coffer_app;
GRANT DELETE ON stripe_events TO coffer_app;
-- What was asked for stays as it was asked.
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at, decided_because, ended_at, outcome) ON staff_actions TO coffer_app;
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
    ledger.lived, ledger.accounts_named,
    ledger.audit, ledger.accounts_to_audit, ledger.mark_audited, ledger.freeze_account, ledger.thaw_account,
    ledger.behind, ledger.roll_up, ledger.set_time_zone, ledger.usage_edges, ledger.usage, ledger.usage_events,
    ledger.usage_lifetime, ledger.used_services, ledger.today_in, ledger.history, ledger.allowance, ledger.audit_usage
    TO coffer_app;

-- graphile-worker guards its tables with row-level security and leaves the policies to us.
GRANT USAGE ON SCHEMA graphile_worker TO coffer_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO coffer_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO coffer_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO coffer_app;

-- A request for one account acts as coffer_account (lib/db/of-account.ts): it may what the app may, but for what the house
-- does of itself, and sees the rows of its account alone.
REVOKE ALL ON ALL TABLES IN SCHEMA public, graphile_worker FROM coffer_account;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger, graphile_worker FROM coffer_account;
GRANT USAGE ON SCHEMA public, ledger, graphile_worker TO coffer_account;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO coffer_account;
DO $$
DECLARE
    v_grant text;
BEGIN
    FOR v_grant IN
        SELECT format('GRANT %s ON %s TO coffer_account', privilege_type, oid::regclass)
          FROM pg_class CROSS JOIN LATERAL aclexplode(relacl)
         WHERE relkind = 'r' AND grantee = 'coffer_app'::regrole
           AND relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)
        UNION ALL
        SELECT format('GRANT %s (%I) ON %s TO coffer_account', privilege_type, attname, attrelid::regclass)
          FROM pg_attribute JOIN pg_class c ON c.oid = attrelid CROSS JOIN LATERAL aclexplode(attacl)
         WHERE grantee = 'coffer_app'::regrole AND relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('GRANT EXECUTE ON FUNCTION %s TO coffer_account', oid::regprocedure)
          FROM pg_proc CROSS JOIN LATERAL aclexplode(proacl)
         WHERE grantee = 'coffer_app'::regrole
           AND pronamespace IN ('ledger'::regnamespace, 'graphile_worker'::regnamespace)
    LOOP
        EXECUTE v_grant;
    END LOOP;
END $$;
REVOKE DELETE ON stripe_events FROM coffer_account;
-- How people sign in is no account's business.
REVOKE ALL ON sign_in_sessions, sign_in_tokens, authenticators, backup_codes, mailed_codes FROM coffer_account;
REVOKE EXECUTE ON FUNCTION
    ledger.open_account, ledger.set_credit_floor, ledger.adjust, ledger.clawback, ledger.restore, ledger.refund,
    ledger.freeze_account, ledger.thaw_account, ledger.freeze_purchase, ledger.thaw_purchase,
    ledger.due_accounts, ledger.due_sessions, ledger.due_allowances, ledger.due_auto_top_ups, ledger.reset_allowance,
    ledger.audit, ledger.accounts_to_audit, ledger.mark_audited, ledger.audit_usage, ledger.behind, ledger.roll_up
    FROM coffer_account;

-- Making a policy locks the table against whoever is running, so it is made once.
DO $$
DECLARE
    v_table regclass;
    v_policy text;
BEGIN
    FOR v_table IN SELECT format('graphile_worker.%I', tablename)::regclass FROM pg_tables
                    WHERE schemaname = 'graphile_worker' AND rowsecurity LOOP
        FOREACH v_policy IN ARRAY ARRAY['coffer_app', 'coffer_account'] LOOP
            CONTINUE WHEN EXISTS (SELECT FROM pg_policy WHERE polrelid = v_table AND polname = v_policy || '_works');
            EXECUTE format('CREATE POLICY %I ON %s TO %I USING (true) WITH CHECK (true)', v_policy || '_works', v_table, v_policy);
        END LOOP;
    END LOOP;
    -- All tables of accounts, but for those that are asked before the account is known: the routers from Stripe's ids, and sessions.
    FOR v_table IN SELECT attrelid::regclass FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
                    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attname = 'account_id' AND NOT attisdropped
                      AND relname <> ALL (ARRAY['stripe_customers', 'stripe_payments', 'sign_in_sessions']) LOOP
        CONTINUE WHEN EXISTS (SELECT FROM pg_policy WHERE polrelid = v_table AND polname = 'own_account');
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('CREATE POLICY house ON %s TO coffer_app USING (true) WITH CHECK (true)', v_table);
        EXECUTE format(
            'CREATE POLICY own_account ON %s TO coffer_account USING (account_id = current_setting(''coffer.account'')::bigint)',
            v_table);
    END LOOP;
END $$;
