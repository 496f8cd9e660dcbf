import type { Page, PageRequest } from "./table.ts";

/** All of a list, page after page; the next is read when it is asked for. */
export async function* pagesOf<Item>(
  read: (page: PageRequest) => Promise<Page<Item>>,
  limit = 100,
): AsyncGenerator<readonly Item[]> {
  let next: string | null = null;
  do {
    const page: Page<Item> = await read({ limit, ...(next !== null && { after: next }) });
    yield page.items;
    next = page.next;
  } while (next !== null);
}
