import type { z } from "zod";

/** What a policy has to know of an action; what it does is in packages/repair, a file each. */
export interface RepairActionDeclaration<Options extends z.ZodObject = z.ZodObject> {
  readonly title: string;
  /** One sentence for people: what it does, or is good for. */
  readonly why: string;
  /** `stream`: done about an incident while the stream goes on. `file`: made on a copy of a file. */
  readonly of: "stream" | "file";
  /** Defects that it is made for; null for whatever the policy says. */
  readonly kinds: readonly string[] | null;
  /** Of a stream's: it is taken back where it did not help. Of a file's: the repaired file can be changed back. */
  readonly reversible: boolean;
  readonly options: Options;
}

/** Gives a declaration the type of its options, and of whether there are kinds. */
export function declareAction<Options extends z.ZodObject, Kinds extends readonly string[] | null>(
  declaration: RepairActionDeclaration<Options> & { readonly kinds: Kinds },
) {
  return declaration;
}
