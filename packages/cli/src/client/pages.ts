import type { ApiClient } from "./api-client.ts";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Every item of a list of the API, page after page. */
export async function* allPages<Item>(
  api: ApiClient,
  path: string,
  filters: Readonly<Record<string, string>> = {},
): AsyncGenerator<Item> {
  let next: string | null = null;
  do {
    const query = new URLSearchParams({ ...filters, limit: "500", ...(next !== null && { after: next }) });
    const page = (await api.request("GET", `${path}?${query}`)) as Page<Item>;
    yield* page.items;
    next = page.next;
  } while (next !== null);
}
