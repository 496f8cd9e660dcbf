/** How long a test waits for what has to come: a machine with other work may be slow, and only what never comes fails. */
export const patience = { timeout: 120_000, interval: 20 };
