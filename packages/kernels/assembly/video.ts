/** First address that the caller may use: all buffers are its own. */
export function heapBase(): usize {
  return __heap_base;
}
