/** What a text message asks for, as far as its words go: which incident and which stream that is, is yet to be looked up. */
export type SmsRequest =
  | { readonly name: "status" | "help" }
  | { readonly name: "acknowledge"; readonly incident: number; readonly minutes?: number }
  | { readonly name: "silence"; readonly stream: string; readonly minutes: number; readonly kinds?: readonly string[] }
  | { readonly name: "report"; readonly stream: string }
  | { readonly name: "repair"; readonly incident: number; readonly action?: string }
  | { readonly name: "approve" | "reject"; readonly incident: number }
  | { readonly name: "unclear"; readonly why: string };

const verbs: Readonly<Record<string, (words: readonly string[]) => SmsRequest>> = {
  status: () => ({ name: "status" }),
  help: () => ({ name: "help" }),
  ack: acknowledge,
  mute: silence,
  report: (words) => {
    const stream = words.join(" ");
    return stream === "" ? unclear("REPORT which stream? Such as REPORT channel5") : { name: "report", stream };
  },
  repair: (words) => {
    const [incident, rest] = leadingNumber(words);
    if (incident === null) return unclear("REPAIR which incident? Such as REPAIR 12");
    const [action] = rest;
    return { name: "repair", incident, ...(action !== undefined && { action: action.toLowerCase() }) };
  },
  approve: (words) => decision("approve", words),
  reject: (words) => decision("reject", words),
};

/** Other words for the same; carriers answer `HELP` and `STOP` themselves in some countries, hence `?`. */
const synonyms: Readonly<Record<string, string>> = { acknowledge: "ack", silence: "mute", "?": "help", info: "help" };

/** The longest text that is looked at: ten messages in one. */
const longest = 1530;

/** Reads a command of whatever a person typed. Never throws: what it cannot read is `unclear`, and says what would be clear. */
export function parseSmsCommand(text: string): SmsRequest {
  const words = text.slice(0, longest).trim().split(/\s+/u);
  const [typed = "", ...rest] = words;
  const verb = typed.toLowerCase().replace(/(?<=\w)[.:,!?]+$/u, "");
  const known = Object.hasOwn(synonyms, verb) ? (synonyms[verb] ?? verb) : verb;
  // `ack12`, `ack#12`
  const glued = /^([a-z]+)(#?\d+)$/.exec(known);
  if (glued?.[1] !== undefined && glued[2] !== undefined && Object.hasOwn(verbs, glued[1])) {
    return verbs[glued[1]]?.([glued[2], ...rest]) ?? unclear(usage);
  }
  return Object.hasOwn(verbs, known) ? (verbs[known]?.(rest) ?? unclear(usage)) : unclear(usage);
}

const usage = "Not understood. Send STATUS, ACK 12, MUTE channel5 1H, REPORT channel5, REPAIR 12 or HELP";

function unclear(why: string): SmsRequest {
  return { name: "unclear", why };
}

function acknowledge(words: readonly string[]): SmsRequest {
  const [incident, rest] = leadingNumber(words);
  if (incident === null) return unclear("ACK which incident? Such as ACK 12, or ACK 12 30M for half an hour");
  if (rest.length === 0) return { name: "acknowledge", incident };
  const minutes = minutesOf(rest.join(""));
  if (minutes === null) return unclear(`ACK ${incident} for how long? Such as ACK ${incident} 30M`);
  return { name: "acknowledge", incident, minutes };
}

/** The time stands behind the stream, whose name may have spaces, and before the kinds. */
function silence(words: readonly string[]): SmsRequest {
  const at = words.findIndex((word, index) => index > 0 && minutesOf(word) !== null);
  if (at < 0) return unclear("MUTE which stream, for how long? Such as MUTE channel5 1H");
  const end = words.findIndex((word, index) => index > at && minutesOf(word) === null);
  const after = end < 0 ? words.length : end;
  const minutes = minutesOf(words.slice(at, after).join(""));
  if (minutes === null) return unclear("MUTE for how long? At most 30 days, such as MUTE channel5 1H");
  const kinds = words.slice(after).flatMap((word) => word.toLowerCase().split(",").filter(Boolean));
  const stream = words.slice(0, at).join(" ");
  return { name: "silence", stream, minutes, ...(kinds.length > 0 && { kinds }) };
}

function decision(name: "approve" | "reject", words: readonly string[]): SmsRequest {
  const [incident] = leadingNumber(words);
  return incident === null
    ? unclear(`${name.toUpperCase()} the repair of which incident? Such as ${name.toUpperCase()} 12`)
    : { name, incident };
}

/** `12`, `#12`, `# 12`, `12.` */
function leadingNumber(words: readonly string[]): readonly [number | null, readonly string[]] {
  const [first, ...rest] = words[0] === "#" ? words.slice(1) : words;
  const digits = /^#?0*(\d{1,9})[.,!]?$/.exec(first ?? "")?.[1];
  const number = Number(digits ?? 0);
  return [number > 0 ? number : null, rest];
}

const unitMinutes: Readonly<Record<string, number>> = { m: 1, min: 1, mins: 1, h: 60, hr: 60, hrs: 60, d: 1440 };

const mostMinutes = 30 * 1440;

/** `30m`, `1h`, `1h30m`, `2d`. Null for what is no time, and for none or one of more than 30 days. */
function minutesOf(word: string): number | null {
  const text = word.toLowerCase();
  if (!/^(\d{1,6}(mins?|m|hrs?|h|d))+$/.test(text)) return null;
  const parts = [...text.matchAll(/(\d+)([a-z]+)/g)];
  const minutes = parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (unitMinutes[unit] ?? 0), 0);
  return minutes > 0 && minutes <= mostMinutes ? minutes : null;
}
