import { type Option, text } from "./option.ts";

const option = text("DIR", "the folder that glasswatch up runs on");

/** What every command that talks to a running `glasswatch up` is told. */
export const dataFolder: Option<string> = {
  ...option,
  read(texts) {
    const folder = option.read(texts);
    if (folder === undefined) throw new Error("name the folder that glasswatch up runs on, for example --data watch");
    return folder;
  },
};
