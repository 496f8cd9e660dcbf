import type { ApiClient } from "./api-client.ts";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Every item of a list of the API, read page after page. */
export async function allPages<Item>(
  api: ApiClient,
  path: string,
  filters: Readonly<Record<string, string>> = {},
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let next: string | null = null;
  do {
    const query = new URLSearchParams({ ...filters, limit: "500", ...(next !== null && { after: next }) });
    const page = (await api.request("GET", `${path}?${query}`)) as Page<Item>;
    items.push(...page.items);
    next = page.next;
  } while (next !== null);
  return items;
}
