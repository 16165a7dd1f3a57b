/** What happens that a customer's systems may want to hear of, as the outbox names it. */
export const EVENT_TOPICS = ['operation.ready'] as const;

export type EventTopic = (typeof EVENT_TOPICS)[number];
