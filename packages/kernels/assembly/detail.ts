/** What is measured on all rows of nominated pictures: one file a measurement. */
export { stepsAcross, stepsDown } from "./block-steps";
export { contours } from "./contours";
export { edgesAcross, edgesDown } from "./edge-widths";
export { fields } from "./fields";
export { halve } from "./halve";
export { outliers } from "./outliers";
export { reduceTo8Bits } from "./planes";

/** First address that the caller may use: all buffers are its own. */
export function heapBase(): usize {
  return __heap_base;
}
