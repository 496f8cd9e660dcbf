import type { Table } from "./output/table.ts";

/** What a run was asked for. */
export interface Settings {
  readonly rounds: number;
  /** Fewer clips and shorter runs. */
  readonly quick: boolean;
  /** Only the clip formats whose name holds this. */
  readonly only: string;
  /** Natural clips to make the material from; painted where there are fewer than four. */
  readonly sources: readonly string[];
}

/** One thing that the benchmark measures. */
export interface Part<Result> {
  /** One sentence, for the terminal and the page. */
  readonly about: string;
  measure(settings: Settings): Promise<Result>;
  tables(result: Result): readonly Table[];
}
