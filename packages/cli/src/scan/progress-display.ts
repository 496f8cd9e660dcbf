import { MultiBar } from "cli-progress";
import type { Effects } from "../effects.ts";
import { printable } from "../human/printable.ts";
import { type Advance, advanceFigures, advanceOf, advanceText, type Progress, type Window } from "./progress.ts";

/** Where the progress of one running input goes. */
export interface InputProgress {
  update(progress: Progress): void;
  done(): void;
}

/** Shows running inputs, and prints finished ones among them without tearing either. */
export interface ProgressDisplay {
  begin(name: string): InputProgress;
  print(text: string): void;
  stop(): void;
}

type DisplayEffects = Pick<Effects, "stderr" | "now">;

export function progressDisplay(effects: DisplayEffects, window: Window): ProgressDisplay {
  return effects.stderr.isTTY ? barDisplay(effects, window) : lineDisplay(effects, window);
}

const lineIntervalMs = 10_000;

/** A line now and then, for logs. */
function lineDisplay({ stderr, now }: DisplayEffects, window: Window): ProgressDisplay {
  return {
    begin: (name) => {
      const startMs = now();
      let lastMs = startMs;
      return {
        update: (progress) => {
          const nowMs = now();
          if (nowMs - lastMs < lineIntervalMs) return;
          lastMs = nowMs;
          stderr.write(`${printable(name)}: ${advanceText(advanceOf(progress, window, (nowMs - startMs) / 1000))}\n`);
        },
        done: () => {},
      };
    },
    print: (text) => stderr.write(text),
    stop: () => {},
  };
}

/** Erases from the cursor to the end of the screen (ECMA-48 §8.3.39), so that no rest of a bar stays behind a text. */
const eraseBelow = "\u001b[J";

/** A bar for each running input, below what is printed. */
function barDisplay({ stderr, now }: DisplayEffects, window: Window): ProgressDisplay {
  const bars = new MultiBar({
    stream: stderr,
    // The terminal's own state stays untouched, so that none is left behind however the process ends.
    hideCursor: false,
    linewrap: true,
    forceRedraw: true,
    clearOnComplete: true,
    emptyOnZero: true,
    format: (_options, params, payload: { readonly name?: string; readonly advance?: Advance }) =>
      barLine(payload.name ?? "", payload.advance, maxWidth(params, stderr.columns)),
  });
  let running = 0;
  return {
    begin: (name) => {
      const startMs = now();
      running += 1;
      const bar = bars.create(1, 0, { name: printable(name) });
      bars.update();
      return {
        update: (progress) => {
          const advance = advanceOf(progress, window, (now() - startMs) / 1000);
          bar.update(advance.share ?? 0, { advance });
        },
        done: () => {
          running -= 1;
          bars.remove(bar);
        },
      };
    },
    print: (text) => {
      if (running === 0) {
        bars.stop();
        stderr.write(eraseBelow + text);
        return;
      }
      bars.log(eraseBelow + text);
      bars.update();
    },
    stop: () => bars.stop(),
  };
}

const barCells = 24;
const minimumNameCells = 12;
const maximumNameCells = 40;

/** Name, bar and figures on one line, one below the other; where room is short, the bar gives way first. */
function barLine(name: string, advance: Advance | undefined, width: number): string {
  const figures = advance ? advanceFigures(advance) : "opening";
  const filled = Math.round((advance?.share ?? 0) * barCells);
  const bar = advance?.share === null ? "" : `${"━".repeat(filled).padEnd(barCells, "┄")}  `;
  const room = width - 1 - figures.length - 2;
  const withBar = room - bar.length >= minimumNameCells;
  const nameCells = Math.max(0, Math.min(maximumNameCells, withBar ? room - bar.length : room));
  const line = `${shortened(name, nameCells).padEnd(nameCells)}  ${withBar ? bar : ""}${figures}`;
  return line.slice(0, Math.max(0, width - 1));
}

/** Keeps the end, where file names of a folder differ. */
function shortened(name: string, cells: number): string {
  if (name.length <= cells) return name;
  return cells < 2 ? "" : `…${name.slice(1 - cells)}`;
}

function maxWidth(params: { readonly maxWidth?: number }, columns: number | undefined): number {
  return params.maxWidth ?? columns ?? 80;
}
