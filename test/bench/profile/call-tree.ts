import type { HeapProfiler, Profiler, Runtime } from "node:inspector";
import { kernelName } from "./kernel-name.ts";

/** Functions as they called one another, with what each spent itself. */
export interface CallTree {
  readonly name: string;
  /** File and line; empty for native code. */
  readonly place: string;
  /** Microseconds of a processor profile, bytes of a heap profile. */
  readonly own: number;
  readonly children: readonly CallTree[];
}

/** What `Profiler.stop` gives, as a tree. */
export function treeOfCpuProfile({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): CallTree {
  const spent = new Map<number, number>();
  // A delta is the time before its sample; what the sample before it saw ran until then.
  samples.forEach((id, i) => {
    spent.set(id, (spent.get(id) ?? 0) + Math.max(0, timeDeltas[i + 1] ?? 0));
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const treeOf = (node: Profiler.ProfileNode, caller: Named): CallTree => {
    const own = named(node.callFrame, caller);
    const callees = (node.children ?? []).flatMap((id) => byId.get(id) ?? []);
    return { ...own, own: spent.get(node.id) ?? 0, children: callees.map((callee) => treeOf(callee, own)) };
  };
  const [root] = nodes;
  return root ? treeOf(root, nobody) : { ...nobody, own: 0, children: [] };
}

/** What `HeapProfiler.stopSampling` gives, as a tree. */
export function treeOfHeapProfile({ head }: HeapProfiler.SamplingHeapProfile): CallTree {
  const treeOf = ({ callFrame, selfSize, children }: HeapProfiler.SamplingHeapProfileNode, caller: Named): CallTree => {
    const own = named(callFrame, caller);
    return { ...own, own: selfSize, children: children.map((callee) => treeOf(callee, own)) };
  };
  return treeOf(head, nobody);
}

/** All that a tree holds, its root included. */
export function totalOf({ own, children }: CallTree): number {
  return children.reduce((sum, child) => sum + totalOf(child), own);
}

export interface FunctionTotal extends Named {
  readonly own: number;
}

/** What each function spent itself, wherever it was called from; the largest first. */
export function byFunction(tree: CallTree): readonly FunctionTotal[] {
  const totals = new Map<string, FunctionTotal>();
  const add = ({ name, place, own, children }: CallTree): void => {
    const key = `${name} ${place}`;
    totals.set(key, { name, place, own: (totals.get(key)?.own ?? 0) + own });
    children.forEach(add);
  };
  add(tree);
  return [...totals.values()].toSorted((a, b) => b.own - a.own);
}

type Named = Pick<CallTree, "name" | "place">;

const nobody: Named = { name: "", place: "" };

/** Native functions have no name: they go by whoever called them. */
function named({ functionName, url, lineNumber }: Runtime.CallFrame, caller: Named): Named {
  if (url.startsWith("wasm:")) return { name: kernelName(functionName, caller.place), place: "WebAssembly" };
  if (url === "") return { name: functionName || `native code of ${caller.name}`, place: "" };
  // From the package on: where the repository lies is nobody's business.
  const file = url.replace(/^.*\/(?=(packages|node_modules|test)\/)/, "").replace(/^file:\/\/.*\//, "");
  return { name: functionName || "(anonymous)", place: `${file}:${lineNumber + 1}` };
}
