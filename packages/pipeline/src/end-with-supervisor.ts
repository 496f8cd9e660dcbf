/**
 * Ends this process when its supervisor is gone, as nobody hears its outcome then. A signal, because an orderly exit waits
 * for threads of the decoder, and those may wait for bytes that never come.
 */
export function endWithSupervisor(): void {
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
}
