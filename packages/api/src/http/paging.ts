import type { Page, PageRequest } from "@glasswatch/core/ports/table";
import { z } from "@hono/zod-openapi";

/** Of every list. */
export const pageQuery = {
  limit: z.coerce.number<string>().int().min(1).max(1000).default(100).describe("Items of a page, at most."),
  after: z.string().min(1).max(2000).optional().describe("The `next` of the page before."),
};

/** A page of `item`s. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z
      .string()
      .nullable()
      .describe("`after` of the next page; null after the last. A page may be short and not the last."),
  });
}

export interface ListRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** So many pages of the list are looked through for one page of what is asked for. */
const mostRounds = 10;

/**
 * A page of those items of a list that `show` makes something of.
 *
 * @param show null for what was not asked for
 */
export async function showPage<Item, Shown>(
  list: (page: PageRequest) => Promise<Page<Item>>,
  { limit, after }: ListRequest,
  show: (item: Item) => Shown | null | Promise<Shown | null>,
): Promise<{ items: Shown[]; next: string | null }> {
  const items: Shown[] = [];
  let next = after ?? null;
  for (let round = 0; round < mostRounds; round++) {
    const page = await list({ limit: limit - items.length, ...(next !== null && { after: next }) });
    const shown = await Promise.all(page.items.map(show));
    items.push(...shown.filter((item) => item !== null));
    next = page.next;
    if (next === null || items.length >= limit) break;
  }
  return { items, next };
}
