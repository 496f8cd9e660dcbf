import type { Table } from "@glasswatch/core/ports/table";
import type { Repair } from "@glasswatch/core/repair";
import type { RepairActionDeclaration } from "@glasswatch/core/repair-action-declaration";
import type { Stream } from "@glasswatch/core/state/streams";
import type { z } from "zod";
import type { RepairTools } from "./setup.ts";

/** What an action has to know to be taken back. It is told in events, so it holds no address. */
export type Undo = NonNullable<Repair["undo"]>;

export interface PlanContext<Options> {
  readonly stream: Stream;
  readonly options: Options;
  /** What was done about the same stream for the same incident, the oldest first. */
  readonly earlier: readonly Repair[];
  readonly tools: RepairTools;
}

/** What would be done, and how it is taken back; or why it cannot be done. */
export type Plan =
  | { readonly refused: string }
  | { readonly refused?: undefined; readonly would: string; readonly undo: Undo | null };

export interface ActContext<Options> {
  /** Its id is the key by which a repetition is known. */
  readonly repair: Repair;
  readonly stream: Stream;
  readonly options: Options;
  /** As it was planned. */
  readonly undo: Undo | null;
  readonly table: Table;
  readonly tools: RepairTools;
}

/** Something that is done about a defect. Changes nothing before `act`. */
export interface Doing<Options> {
  /** Whether another try for the same incident may do something else than the one before. */
  readonly goesOn: boolean;
  /** Whether it may be done again where nobody knows whether it was done: the repair's id tells that it is the same. */
  mayRepeat(options: Options): boolean;
  plan(context: PlanContext<Options>): Promise<Plan>;
  /**
   * Does it. The same repair again does it once.
   *
   * @returns what was done, for people
   * @throws ActionFailedError where it could not be done
   */
  act(context: ActContext<Options>): Promise<string>;
  /** Takes it back; again without effect. @returns what was done, for people */
  undo?(context: ActContext<Options>): Promise<string>;
}

/** What a policy says under `options`, as it stands there. */
type Given = Readonly<Record<string, unknown>>;

export interface Action extends Doing<Given> {
  readonly id: string;
  readonly kinds: readonly string[] | null;
  readonly reversible: boolean;
}

/** It could not be done, in one line for people. */
export class ActionFailedError extends Error {
  override readonly name = "ActionFailedError";
}

/** An action that `core` declares under this id, with what it does. It sees options that its own schema has checked. */
export function defineAction<Options extends z.ZodObject>(
  id: string,
  { kinds, reversible, options: schema }: RepairActionDeclaration<Options>,
  doing: Doing<z.output<Options>>,
): Action {
  const checked = <Context extends { readonly options: Given }>(context: Context) => ({
    ...context,
    options: schema.parse(context.options),
  });
  const { undo } = doing;
  return {
    ...{ id, kinds, reversible, goesOn: doing.goesOn },
    mayRepeat: (options) => doing.mayRepeat(schema.parse(options)),
    plan: (context) => doing.plan(checked(context)),
    act: (context) => doing.act(checked(context)),
    ...(undo && { undo: (context: ActContext<Given>) => undo(checked(context)) }),
  };
}
