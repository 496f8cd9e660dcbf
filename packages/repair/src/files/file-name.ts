import { extname } from "node:path";

/** In characters. */
const longest = 200;

/** What a file is called that people know by its address, or by words that end in it. */
export function fileNameOf(input: string): string {
  const path = input.includes("://") ? input.replace(/[?#].*$/s, "") : input;
  const last = decoded(/[^/\\]*$/.exec(path)?.[0] ?? "");
  // Whatever means something to file systems, shells or headers.
  const name = last.replace(/[\p{C}/\\:*?"<>|;%]+/gu, "_").replace(/^[.\s]+|[.\s]+$/g, "");
  const extension = extensionOf(name);
  const stem = [...name.slice(0, name.length - extension.length)].slice(0, longest).join("");
  return `${stem || "media"}${extension}`;
}

/** With its dot; empty where there is none that could be one. */
export function extensionOf(name: string): string {
  const extension = extname(name);
  return /^\.[a-z0-9]{1,8}$/i.test(extension) ? extension : "";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
