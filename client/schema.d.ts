// Written by `npm run client:types` from the OpenAPI document.

export interface paths {
    "/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Charge finished work
         * @description Once per reference: the same request again has the same answer. 402 where the credits are short; nothing is charged then, and the same request may be sent again.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                    /** @description The same key and body: the same answer, with Idempotent-Replayed: true. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChargeRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Charge"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/charges/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Charge up to 1,000 pieces of finished work
         * @description In their order, each under its own reference and with its own outcome: one that is refused changes nothing for the others.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChargeBatchRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChargeBatch"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What work would cost, and whether the credits cover it
         * @description One piece of work, or a list as `items`. Nothing is charged.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["QuoteRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Quote"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operations, newest first */
        get: {
            parameters: {
                query?: {
                    state?: "running" | "settled" | "pending_payment" | "failed" | "purged";
                    /** @description A service of the price book. */
                    service?: string;
                    limit?: number;
                    cursor?: string;
                };
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperationsPage"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Start work
         * @description Gated, held for or charged, as its service is settled. 402 where the credits are short; nothing starts then.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                    /** @description The same key and body: the same answer, with Idempotent-Replayed: true. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperationRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Operation"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An operation as it stands */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path: {
                    /** @description Your own id of the work, unique in the account. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Operation"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that work succeeded, and what it came to */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path: {
                    /** @description Your own id of the work, unique in the account. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CompleteOperationRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Operation"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/{id}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that work came to nothing
         * @description What it took or held goes back to the grants it came from.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path: {
                    /** @description Your own id of the work, unique in the account. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FailOperationRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Operation"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a session
         * @description It is charged for as long as it is open. One that nobody terminates closes by itself at closes_at.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                    /** @description The same key and body: the same answer, with Idempotent-Replayed: true. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SessionRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a session goes on
         * @description Answers how it stands. One that is closed stays closed.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path: {
                    /** @description Your own id of the work, unique in the account. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SessionCall"];
                };
            };
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/terminate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a session, and charge for as long as it was open */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path: {
                    /** @description Your own id of the work, unique in the account. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SessionCall"];
                };
            };
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was used, by service, key or day
         * @description Exact at every moment. Days are those of the time zone, with its summer time.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The first day, in the time zone. */
                    from?: string;
                    /** @description The last day; today, where none is said. */
                    to?: string;
                    /** @description Up to `to`, without `from`. */
                    days?: number;
                    /** @description IANA name. */
                    time_zone?: string;
                    by?: "service" | "key" | "day";
                };
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UsageSummary"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Single charges, newest first
         * @description New charges move no later page.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    service?: string;
                    from?: string;
                    to?: string;
                };
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UsageEventsPage"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/checkout-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy credits
         * @description Answers with the page where it is paid. The Idempotency-Key is required: one key, one purchase.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                    /** @description The same key and body: the same answer, with Idempotent-Replayed: true. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CheckoutSessionRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CheckoutSession"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/portal-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link to cards and invoices at Stripe
         * @description Made for this call. Send the person there at once, and keep it nowhere.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PortalSessionRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PortalSession"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/auto-top-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rule of automatic top-up
         * @description With the most that it can cost, and why it charges now or does not.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AutoTopUp"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Set, change or turn off automatic top-up
         * @description The whole rule; the same again changes nothing. Each change is kept with who asked for it, and mailed to the owner. Turned on below its threshold, it charges at once; turned on while paused, it goes on only with another card than the refused one.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AutoTopUpRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AutoTopUp"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/auto-top-up/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a rule on what the account did
         * @description Lives the last days again under the rule, by the very decision that charges. Nothing is set and nothing charged.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AutoTopUpReplayRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AutoTopUpReplay"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask before a source file is uploaded
         * @description 402 at a balance of zero or below, before the upload begins. What it costs is charged after processing: `POST /operations/{id}/complete` with its `seconds`. A file that cannot be processed is never charged: `POST /operations/{id}/fail`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                    /** @description The same key and body: the same answer, with Idempotent-Replayed: true. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AssetRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Asset"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An asset as it stands */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path: {
                    /** @description Your own id of the work, unique in the account. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Asset"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the account has */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditsBalance"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger, newest first, by limit and offset */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number | null;
                };
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HistoryPage"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ads/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Order an ad
         * @description Charged when it is accepted. 402 where the credits are short; nothing is charged then. When the delivery fails later, `POST /operations/{id}/fail` gives the credits back.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                    /** @description The same key and body: the same answer, with Idempotent-Replayed: true. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AdRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ad"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the account has, and what things cost */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PricedBalance"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The transaction log, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TransactionsPage"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the account has, by where it came from */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pools"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Charges, newest first
         * @description A plain list. Where there is more, the header `Link: <?…>; rel="next"` leads to it; charges that come meanwhile move no later page.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description From the address in the Link header of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UsageRecords"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/multipliers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a unit of each service costs */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Multipliers"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/payg/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How credits are bought */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PaygInfo"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/payg/create-checkout-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy credits for an amount of money
         * @description Answers with the page where it is paid. With an Idempotency-Key, a repeat leads to the same page; without one, each call opens another.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description For which account a service key acts. */
                    "Coffer-Account"?: string;
                    /** @description The same key and body: the same answer, with Idempotent-Replayed: true. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PaygCheckoutRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PaygCheckout"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A token for a member, by e-mail and password
         * @description For web applications. It lasts an hour, and ends with the sign-in session that it stands for.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TokenRequest"];
                };
            };
            responses: {
                /** @description As asked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Token"];
                    };
                };
                /** @description A refusal. Codes: malformed_request (400), idempotency_key_required (400), bad_signature (400), signed_out (401), unauthenticated (401), insufficient_credits (402), forbidden (403), confirmation_required (403), not_found (404), unknown_service (404), method_not_allowed (405), conflict (409), account_changed (409), too_large (413), invalid_input (422), idempotency_key_reused (422), account_frozen (423), rate_limited (429), overloaded (503), payment_unavailable (503), internal (500). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Charge: {
            /**
             * @description Your own id of the work, unique in the account.
             * @example job-4711
             */
            reference: string;
            /**
             * @description A service of the price book.
             * @example dubbing
             */
            service: string;
            /**
             * @description pending_payment: the credits did not cover it; it is paid by the next ones, oldest first.
             * @enum {string}
             */
            state: "settled" | "pending_payment";
            /**
             * @description Credits, as a decimal string.
             * @example 14.5
             */
            amount: string;
            /**
             * @description The number of its line on the ledger.
             * @example 42
             */
            entry: string | null;
            /**
             * @description Right after this line.
             * @example 14.5
             */
            balance: string;
            calculation: components["schemas"]["Calculation"];
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
        };
        Calculation: {
            /** @description The arithmetic in words and numbers, for people. */
            formula: string;
            price_book: string;
            price_book_version: string;
            inputs: {
                [key: string]: string | string[];
            };
            lines: {
                item: string;
                measure: string;
                quantity: string;
                at_most: string | null;
                counted: {
                    /** @enum {string} */
                    direction: "up" | "down" | "nearest";
                    step: string;
                };
                /**
                 * @description Credits, as a decimal string.
                 * @example 14.5
                 */
                credits: string;
                per: string;
            }[];
            /** @description Of the sum, in millionths of a credit. */
            rounding: {
                /** @enum {string} */
                direction: "up" | "down" | "nearest";
                step: string;
            };
            /**
             * @description Credits, as a decimal string.
             * @example 14.5
             */
            minimum: string;
            /**
             * @description Credits, as a decimal string.
             * @example 14.5
             */
            quoted: string | null;
        };
        Problem: {
            error: {
                code: string;
                message: string;
                param?: string;
                request_id: string;
            } & {
                [key: string]: unknown;
            };
        };
        /**
         * @example {
         *       "reference": "job-4711",
         *       "service": "dubbing",
         *       "quantities": {
         *         "seconds": 90
         *       },
         *       "metadata": {
         *         "project": "spring"
         *       }
         *     }
         */
        ChargeRequest: {
            /**
             * @description Without one, the Idempotency-Key is the reference.
             * @example job-4711
             */
            reference?: string;
            /**
             * @description A service of the price book.
             * @example dubbing
             */
            service: string;
            /**
             * @default {}
             * @example {
             *       "seconds": 90
             *     }
             */
            quantities?: {
                /**
                 * @description How long the media is; up to three decimals.
                 * @example 90
                 */
                seconds?: number;
                characters?: number;
                /** @description A setting, charged as set. */
                max_minutes?: number;
                input_tokens?: number;
                output_tokens?: number;
                model?: string;
                features?: string[];
            };
            /** @description From POST /v1/quotes: the charge never costs more than it says. */
            quote?: string;
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        ChargeBatch: {
            results: {
                /** @enum {string} */
                outcome: "applied" | "replayed" | "refused";
                charge?: components["schemas"]["Charge"];
                error?: {
                    code: string;
                    message: string;
                    param?: string;
                } & {
                    [key: string]: unknown;
                };
            }[];
        };
        /**
         * @example {
         *       "charges": [
         *         {
         *           "reference": "job-4712",
         *           "service": "dubbing",
         *           "quantities": {
         *             "seconds": 30
         *           }
         *         },
         *         {
         *           "reference": "job-4713",
         *           "service": "training",
         *           "quantities": {
         *             "max_minutes": 5
         *           }
         *         }
         *       ]
         *     }
         */
        ChargeBatchRequest: {
            charges: unknown[];
        };
        Quote: {
            /**
             * @description Of all together.
             * @example 14.5
             */
            amount: string;
            /**
             * @description Credits, as a decimal string.
             * @example 14.5
             */
            available: string;
            sufficient: boolean;
            /**
             * @description Credits, as a decimal string.
             * @example 14.5
             */
            shortfall: string;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            expires_at: string;
            items: {
                /**
                 * @description A service of the price book.
                 * @example dubbing
                 */
                service: string;
                /**
                 * @description Credits, as a decimal string.
                 * @example 14.5
                 */
                amount: string;
                calculation: components["schemas"]["Calculation"];
                /** @description Sent with the charge, it never costs more than this amount. */
                quote: string;
            }[];
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "service": "dubbing",
         *           "quantities": {
         *             "seconds": 180
         *           }
         *         },
         *         {
         *           "service": "training",
         *           "quantities": {
         *             "max_minutes": 10
         *           }
         *         }
         *       ]
         *     }
         */
        QuoteRequest: {
            /**
             * @description A service of the price book.
             * @example dubbing
             */
            service: string;
            /**
             * @default {}
             * @example {
             *       "seconds": 90
             *     }
             */
            quantities?: {
                /**
                 * @description How long the media is; up to three decimals.
                 * @example 90
                 */
                seconds?: number;
                characters?: number;
                /** @description A setting, charged as set. */
                max_minutes?: number;
                input_tokens?: number;
                output_tokens?: number;
                model?: string;
                features?: string[];
            };
        } | {
            items: {
                /**
                 * @description A service of the price book.
                 * @example dubbing
                 */
                service: string;
                /**
                 * @default {}
                 * @example {
                 *       "seconds": 90
                 *     }
                 */
                quantities?: {
                    /**
                     * @description How long the media is; up to three decimals.
                     * @example 90
                     */
                    seconds?: number;
                    characters?: number;
                    /** @description A setting, charged as set. */
                    max_minutes?: number;
                    input_tokens?: number;
                    output_tokens?: number;
                    model?: string;
                    features?: string[];
                };
            }[];
        };
        Operation: {
            /**
             * @description Its reference.
             * @example job-4711
             */
            id: string;
            /**
             * @description A service of the price book.
             * @example dubbing
             */
            service: string;
            /** @enum {string} */
            state: "running" | "settled" | "pending_payment" | "failed" | "purged";
            /**
             * @description What it cost, once that is known.
             * @example 14.5
             */
            amount: string | null;
            /**
             * @description What is set aside for it now.
             * @example 14.5
             */
            held: string | null;
            calculation: components["schemas"]["Calculation"] | null;
            entry: string | null;
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            finished_at: string | null;
            /**
             * Format: date-time
             * @description When unpaid work is given up.
             * @example 2026-11-22T10:41:07.000Z
             */
            purge_at: string | null;
        };
        /**
         * @example {
         *       "reference": "job-4714",
         *       "service": "dubbing",
         *       "quantities": {
         *         "seconds": 180
         *       }
         *     }
         */
        OperationRequest: {
            /**
             * @description Without one, the Idempotency-Key is the reference.
             * @example job-4711
             */
            reference?: string;
            /**
             * @description A service of the price book.
             * @example dubbing
             */
            service: string;
            /**
             * @description What it will need. Charged now on acceptance, or held until it succeeds.
             * @example {
             *       "seconds": 90
             *     }
             */
            quantities?: {
                /**
                 * @description How long the media is; up to three decimals.
                 * @example 90
                 */
                seconds?: number;
                characters?: number;
                /** @description A setting, charged as set. */
                max_minutes?: number;
                input_tokens?: number;
                output_tokens?: number;
                model?: string;
                features?: string[];
            };
            /** @default 86400 */
            hold_seconds?: number;
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        OperationsPage: {
            data: components["schemas"]["Operation"][];
            next_cursor: string | null;
        };
        /** @example {} */
        CompleteOperationRequest: {
            /**
             * @example {
             *       "seconds": 90
             *     }
             */
            quantities?: {
                /**
                 * @description How long the media is; up to three decimals.
                 * @example 90
                 */
                seconds?: number;
                characters?: number;
                /** @description A setting, charged as set. */
                max_minutes?: number;
                input_tokens?: number;
                output_tokens?: number;
                model?: string;
                features?: string[];
            };
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @example {} */
        FailOperationRequest: Record<string, never>;
        Session: {
            /**
             * @description Its reference.
             * @example job-4711
             */
            id: string;
            /**
             * @description A service of the price book.
             * @example dubbing
             */
            service: string;
            /** @enum {string} */
            state: "open" | "closed" | "settled" | "pending_payment" | "failed" | "purged";
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            started_at: string;
            /**
             * Format: date-time
             * @description When it closes by itself, and is charged until then.
             * @example 2026-11-22T10:41:07.000Z
             */
            closes_at: string;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            closed_at: string | null;
            /** @enum {string|null} */
            closed_by: "terminated" | "auto_closed" | null;
            /** @description How long it was open; so far, while it is. */
            seconds: number;
            /**
             * @description What it cost, once it is charged.
             * @example 14.5
             */
            amount: string | null;
        };
        /**
         * @example {
         *       "reference": "stream-1",
         *       "service": "streaming"
         *     }
         */
        SessionRequest: {
            /**
             * @description Without one, the Idempotency-Key is the reference.
             * @example job-4711
             */
            reference?: string;
            /**
             * @description A service of the price book.
             * @example dubbing
             */
            service: string;
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @example {} */
        SessionCall: Record<string, never>;
        UsageSummary: {
            from: string;
            to: string;
            time_zone: string;
            /** @enum {string} */
            by: "service" | "key" | "day";
            totals: {
                count: number;
                /**
                 * @description Credits, as a decimal string.
                 * @example 14.5
                 */
                used: string;
                /**
                 * @description Given back in that time, of charges then or before.
                 * @example 14.5
                 */
                returned: string;
                /**
                 * @description Used, less what was given back.
                 * @example 14.5
                 */
                spent: string;
                /**
                 * @description Of one charge.
                 * @example 14.5
                 */
                average: string | null;
                duration_seconds: number;
            };
            groups: {
                /** @description The service, the key’s id, or the day. */
                name: string | null;
                count: number;
                /**
                 * @description Credits, as a decimal string.
                 * @example 14.5
                 */
                used: string;
                /**
                 * @description Given back in that time, of charges then or before.
                 * @example 14.5
                 */
                returned: string;
                /**
                 * @description Used, less what was given back.
                 * @example 14.5
                 */
                spent: string;
                /**
                 * @description Of one charge.
                 * @example 14.5
                 */
                average: string | null;
                duration_seconds: number;
            }[];
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            as_of: string;
        };
        UsageEventsPage: {
            data: {
                entry: string;
                reference: string;
                service: string | null;
                api_key_id: string | null;
                /**
                 * @description Credits, as a decimal string.
                 * @example 14.5
                 */
                amount: string;
                /**
                 * @description Credits, as a decimal string.
                 * @example 14.5
                 */
                returned: string;
                duration_seconds: number;
                request_id: string | null;
                /**
                 * @description Yours, up to 20 keys with text; shown beside the entry.
                 * @example {
                 *       "project": "spring"
                 *     }
                 */
                metadata: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @example 2026-11-22T10:41:07.000Z
                 */
                created_at: string;
            }[];
            next_cursor: string | null;
        };
        CheckoutSession: {
            /**
             * Format: uuid
             * @description Of the top-up.
             */
            id: string;
            package: string;
            /**
             * @description Credits, as a decimal string.
             * @example 14.5
             */
            credits: string;
            amount_cents: string;
            currency: string;
            /** @example cs_test_a1b2c3 */
            session_id: string;
            /**
             * Format: uri
             * @description Where it is paid.
             */
            url: string;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            expires_at: string | null;
        };
        /**
         * @example {
         *       "package": "5000"
         *     }
         */
        CheckoutSessionRequest: {
            package?: string;
            amount_cents?: string;
        };
        PortalSession: {
            /**
             * Format: uri
             * @description For one person, now: it expires within minutes.
             */
            url: string;
        };
        /** @example {} */
        PortalSessionRequest: Record<string, never>;
        AutoTopUp: {
            /** @enum {string} */
            state: "off" | "on" | "paused";
            /** @description Null until one was set. */
            rule: {
                enabled: boolean;
                /**
                 * @description Credits, as a decimal string.
                 * @example 14.5
                 */
                threshold: string;
                /**
                 * @description Credits, as a decimal string.
                 * @example 14.5
                 */
                target: string | null;
                amount_cents: string | null;
                monthly_limit_cents: string;
                payment_method: string | null;
                /**
                 * @description Why nothing is charged until the customer has done something.
                 * @enum {string|null}
                 */
                paused: "card-declined" | "authentication-required" | "card-missing" | "card-expired" | "payment-disputed" | "payment-withdrawn" | "paused-by-staff" | null;
                /**
                 * Format: date-time
                 * @example 2026-11-22T10:41:07.000Z
                 */
                paused_at: string | null;
            } | null;
            /** @description What was last agreed to, word for word, as it is kept and mailed. */
            agreed_text: string | null;
            worst_case: {
                per_charge_cents: string;
                charges_per_day: string | null;
                per_day_cents: string;
                per_month_cents: string;
                sentence: string;
            } | null;
            /** @description The card that is charged; unknown while Stripe does not answer. */
            card: {
                /** @enum {string} */
                state: "ok" | "expired" | "missing" | "unknown";
                brand: string | null;
                last4: string | null;
            };
            /** @description What would be decided at this moment, and why. */
            now: {
                charges: boolean;
                /** @enum {string} */
                because: "below-threshold" | "request-short" | "rest-of-monthly-limit" | "off" | "card-declined" | "authentication-required" | "card-missing" | "card-expired" | "payment-disputed" | "payment-withdrawn" | "paused-by-staff" | "account-restricted" | "rule-outside-bounds" | "enough-credits" | "charge-under-way" | "credits-on-their-way" | "request-too-large" | "cooling-down" | "backing-off" | "monthly-limit";
                /**
                 * Format: date-time
                 * @description When time alone will have lifted it.
                 * @example 2026-11-22T10:41:07.000Z
                 */
                until: string | null;
                /** @description For people; instants are in UTC. */
                sentence: string;
            };
            /**
             * Format: date-time
             * @description About, if the pace of the last seven days holds.
             * @example 2026-11-22T10:41:07.000Z
             */
            next_charge_at: string | null;
            charged_this_month_cents: string;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            as_of: string;
        };
        /**
         * @example {
         *       "enabled": false,
         *       "threshold": "500",
         *       "target": "2000",
         *       "monthly_limit_cents": "10000"
         *     }
         */
        AutoTopUpRequest: {
            enabled: boolean;
            /**
             * @description Buys when fewer are available.
             * @example 500
             */
            threshold: string;
            /**
             * @description Fills up to this balance, where the price book does so.
             * @example 500
             */
            target?: string;
            /** @description Buys for this much each time, where the price book does so. */
            amount_cents?: string;
            /** @description The most of a calendar month, UTC, before tax. */
            monthly_limit_cents: string;
            /**
             * @description The card; null: the default card, whichever that is.
             * @default null
             */
            payment_method?: string | null;
        };
        AutoTopUpReplay: {
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            to: string;
            /** @description False where very much was done: the charges of a quarter of an hour count as one. */
            is_exact: boolean;
            charges: {
                /**
                 * Format: date-time
                 * @example 2026-11-22T10:41:07.000Z
                 */
                at: string;
                price_cents: string;
                /**
                 * @description Credits, as a decimal string.
                 * @example 14.5
                 */
                credits: string;
            }[];
            total_cents: string;
            /**
             * @description Credits, as a decimal string.
             * @example 14.5
             */
            lowest_balance: string;
            /**
             * @description Credits, as a decimal string.
             * @example 14.5
             */
            average_balance: string;
            seconds_without_credits: number;
            /** @description Requests that would have been refused. */
            refused: number;
            /** @description Work that would have waited for credits. */
            waited: number;
            as_it_was: {
                charges: number;
                total_cents: string;
            };
        };
        /**
         * @example {
         *       "days": 30,
         *       "threshold": "500",
         *       "target": "2000",
         *       "monthly_limit_cents": "10000"
         *     }
         */
        AutoTopUpReplayRequest: {
            /** @default 60 */
            days?: number;
            /**
             * @description Buys when fewer are available.
             * @example 500
             */
            threshold: string;
            /**
             * @description Fills up to this balance, where the price book does so.
             * @example 500
             */
            target?: string;
            /** @description Buys for this much each time, where the price book does so. */
            amount_cents?: string;
            /** @description The most of a calendar month, UTC, before tax. */
            monthly_limit_cents: string;
        };
        Asset: {
            /**
             * @description Your own id of the work, unique in the account.
             * @example job-4711
             */
            id: string;
            /**
             * @description pending_payment: it waits for the next credits, oldest first, until purge_at.
             * @enum {string}
             */
            state: "processing" | "ready" | "pending_payment" | "failed" | "purged";
            duration_seconds: number | null;
            /**
             * @description What it costs, once it is processed.
             * @example 42
             */
            credits: number | null;
            /** @description False once they are no longer wanted: it failed or was purged. */
            bytes_kept: boolean;
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            processed_at: string | null;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            purge_at: string | null;
        };
        /**
         * @example {
         *       "reference": "podcast-12"
         *     }
         */
        AssetRequest: {
            /**
             * @description Your id of it. Without one, the Idempotency-Key is; without either, the asset gets an id of ours.
             * @example job-4711
             */
            reference?: string;
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        CreditsBalance: {
            /**
             * @description The sum of every line, without what has expired.
             * @example 42
             */
            balance: number;
            /**
             * @description The balance without what is held for running work.
             * @example 42
             */
            available: number;
            /**
             * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
             * @example 42
             */
            held: number;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            as_of: string;
        };
        HistoryPage: {
            data: {
                /**
                 * @description The number of the line, from 1.
                 * @example 42
                 */
                id: string;
                /**
                 * @description As the price book names its kind.
                 * @example consume_asset
                 */
                type: string;
                /**
                 * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                 * @example 42
                 */
                delta: number;
                /** @description Of a charge: what was charged for. */
                asset_id: string | null;
                /** @description Of credits that were given, and of those that expired: the line that gave them. */
                grant_id: string | null;
                /** @description Of a purchase, once Stripe has made it. */
                stripe_invoice_id: string | null;
                /**
                 * Format: date-time
                 * @example 2026-11-22T10:41:07.000Z
                 */
                created_at: string;
            }[];
            /** @description Lines in all. */
            total: number;
            limit: number;
            offset: number;
        };
        Ad: {
            /**
             * @description Your own id of the work, unique in the account.
             * @example job-4711
             */
            id: string;
            /** @enum {string} */
            format: "static" | "full";
            /** @enum {string} */
            status: "accepted";
            /**
             * @description Taken now; given back if the delivery fails.
             * @example 42
             */
            credits: number;
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            created_at: string;
        };
        /**
         * @example {
         *       "format": "static"
         *     }
         */
        AdRequest: {
            /**
             * @description Your id of it. Without one, the Idempotency-Key is; without either, the ad gets an id of ours.
             * @example job-4711
             */
            reference?: string;
            /** @enum {string} */
            format: "static" | "full";
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        PricedBalance: {
            /**
             * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
             * @example 42
             */
            balance: number;
            /**
             * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
             * @example 42
             */
            available: number;
            /**
             * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
             * @example 42
             */
            held: number;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            as_of: string;
            pricing: {
                /** @example usd */
                currency: string;
                /**
                 * @description So many credits cost so much.
                 * @example {
                 *       "credits": 1,
                 *       "price": 0.1
                 *     }
                 */
                rate: {
                    /**
                     * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                     * @example 42
                     */
                    credits: number;
                    /**
                     * @description In the currency of the price book.
                     * @example 25
                     */
                    price: number;
                };
                /**
                 * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                 * @example 42
                 */
                welcome_bonus: number;
                services: {
                    [key: string]: {
                        title: string;
                        /** @enum {string} */
                        form: "flat";
                        /**
                         * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                         * @example 42
                         */
                        credits: number;
                    } | {
                        title: string;
                        /**
                         * @description A block that was started is paid whole.
                         * @enum {string}
                         */
                        form: "block";
                        /** @enum {string} */
                        measure: "seconds" | "characters" | "max_minutes" | "input_tokens" | "output_tokens";
                        /**
                         * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                         * @example 42
                         */
                        credits: number;
                        per: number;
                    } | {
                        title: string;
                        /**
                         * @description In proportion, and at least the minimum.
                         * @enum {string}
                         */
                        form: "unit";
                        /** @enum {string} */
                        measure: "seconds" | "characters" | "max_minutes" | "input_tokens" | "output_tokens";
                        /**
                         * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                         * @example 42
                         */
                        credits: number;
                        per: number;
                        /**
                         * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                         * @example 42
                         */
                        minimum: number;
                    } | {
                        title: string;
                        /**
                         * @description Pro-rated; features are added.
                         * @enum {string}
                         */
                        form: "hourly";
                        /**
                         * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                         * @example 42
                         */
                        credits_per_hour: number;
                        features: {
                            [key: string]: number;
                        };
                    } | {
                        title: string;
                        /**
                         * @description By how long the session was open.
                         * @enum {string}
                         */
                        form: "session";
                        /**
                         * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                         * @example 42
                         */
                        credits_per_hour: number;
                        closes_after_seconds: number;
                    } | {
                        title: string;
                        /** @enum {string} */
                        form: "tokens";
                        per: number;
                        models: {
                            [key: string]: {
                                /**
                                 * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                                 * @example 42
                                 */
                                input: number;
                                /**
                                 * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                                 * @example 42
                                 */
                                output: number;
                            };
                        };
                    };
                };
            };
        };
        TransactionsPage: {
            data: {
                /** @description The number of the line, from 1. */
                id: string;
                /**
                 * @description As the price book names its kind.
                 * @example Generation
                 */
                type: string;
                /**
                 * @description Below zero where they were taken.
                 * @example 42
                 */
                credits: number;
                /**
                 * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
                 * @example 42
                 */
                balance_after: number;
                /** @description Of a refund: the id of what was refunded. */
                reference: string;
                /** @description Of a charge: what was charged for. */
                service: string | null;
                /**
                 * Format: date-time
                 * @example 2026-11-22T10:41:07.000Z
                 */
                created_at: string;
            }[];
            next_cursor: string | null;
        };
        Pools: {
            /**
             * @description Left of the monthly allowance.
             * @example 42
             */
            credits_balance: number;
            /**
             * @description All other credits: bought, or given. Below zero for a debt.
             * @example 42
             */
            payg_balance: number;
            /**
             * @description Both together.
             * @example 42
             */
            total_available_credits: number;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            last_reset_at: string | null;
            /**
             * @description Ever, without what was given back.
             * @example 42
             */
            total_credits_used: number;
            /**
             * @description Ever.
             * @example 42
             */
            total_payg_credits_purchased: number;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            next_reset_date: string | null;
            /**
             * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
             * @example 42
             */
            credits_per_month: number;
        };
        UsageRecords: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The same for all of an account.
             */
            user_credits_id: string;
            /**
             * @description Without what was given back since.
             * @example 42
             */
            credits_used: number;
            service_type: string;
            /** @description Seconds; 0 where the price is not by time. */
            audio_duration: number;
            /**
             * @description subscription: the monthly allowance paid for all of it. The allowance is used up first.
             * @enum {string}
             */
            credit_source: "subscription" | "payg";
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            created_at: string;
            /**
             * @description Yours, up to 20 keys with text; shown beside the entry.
             * @example {
             *       "project": "spring"
             *     }
             */
            usage_metadata: {
                [key: string]: string;
            };
        }[];
        /**
         * @example {
         *       "transcription": 660,
         *       "video_download": 6
         *     }
         */
        Multipliers: {
            [key: string]: number;
        };
        PaygInfo: {
            /**
             * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
             * @example 7500
             */
            credits_per_dollar: number;
            /**
             * @description In the currency of the price book.
             * @example 25
             */
            min_amount_usd: number;
            /**
             * @description In the currency of the price book.
             * @example 25
             */
            max_amount_usd: number;
            /** @example USD */
            currency: string;
        };
        PaygCheckout: {
            session_id: string;
            /**
             * @description Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.
             * @example 42
             */
            credits_to_receive: number;
            /**
             * @description In the currency of the price book.
             * @example 25
             */
            amount_usd: number;
            /**
             * Format: uri
             * @description Where it is paid.
             */
            url: string;
            /**
             * Format: date-time
             * @example 2026-11-22T10:41:07.000Z
             */
            expires_at: string | null;
        };
        /**
         * @example {
         *       "amount_usd": 50
         *     }
         */
        PaygCheckoutRequest: {
            /**
             * @description In the currency of the price book.
             * @example 25
             */
            amount_usd: number;
        };
        Token: {
            access_token: string;
            /** @enum {string} */
            token_type: "bearer";
            /** @description Seconds. */
            expires_in: number;
        };
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "password": "correct horse"
         *     }
         */
        TokenRequest: {
            /** @example ada@example.com */
            email: string;
            password: string;
            /** @description Of the authenticator, where the person has one; or a backup code. */
            code?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
