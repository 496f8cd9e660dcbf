import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const candidates = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Nothing of the browser's own goes to the network. */
const quiet = [
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A Chromium without a window. CHROMIUM_PATH names one that is installed elsewhere. */
export function launchChromium(): Promise<Browser> {
  const named = process.env["CHROMIUM_PATH"];
  const executablePath = named ?? candidates.find((path) => existsSync(path));
  if (!executablePath || !existsSync(executablePath)) {
    const where = named ? `there is no ${named}, which CHROMIUM_PATH names` : "no Chromium was found";
    throw new Error(`${where}: install it (apt install chromium) or set CHROMIUM_PATH to its program`);
  }
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", ...quiet] });
}
