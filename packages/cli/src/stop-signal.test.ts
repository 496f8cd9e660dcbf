import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { type SignalSource, stopSignal } from "./stop-signal.ts";

type Step = "SIGINT" | "SIGTERM" | "SIGHUP" | "interrupt" | "disconnect";

function after(steps: readonly Step[]) {
  const exits: number[] = [];
  const emitter = new EventEmitter();
  const source: SignalSource = {
    on: (event, listener) => emitter.on(event, listener),
    exit: (code) => exits.push(code),
  };
  const { signal } = stopSignal(source);
  for (const step of steps) {
    if (step === "interrupt") emitter.emit("message", "interrupt");
    else emitter.emit(step);
  }
  return { asked: signal.aborted, exited: exits[0] };
}

test.each<[readonly Step[], boolean, number | undefined]>([
  [[], false, undefined],
  [["SIGINT"], true, undefined],
  [["SIGINT", "SIGINT"], true, 130],
  [["SIGINT", "interrupt"], true, undefined],
  [["interrupt", "SIGINT", "interrupt", "SIGINT"], true, 130],
  [["interrupt", "interrupt"], true, 130],
  [["SIGTERM"], true, undefined],
  [["SIGTERM", "SIGTERM", "SIGHUP", "disconnect"], true, undefined],
  [["SIGTERM", "SIGINT"], true, undefined],
  [["disconnect"], true, undefined],
])("%j", (steps, asked, exited) => {
  expect(after(steps)).toEqual({ asked, exited });
});
