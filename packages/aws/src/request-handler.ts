/** Nothing hangs: a request that is not answered by then has failed, and the SDK tries again. */
export const requestHandler = { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true };
