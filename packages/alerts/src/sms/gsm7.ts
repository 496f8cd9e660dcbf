/** 3GPP TS 23.038 §6.2.1: the default alphabet, a septet each. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

/** 3GPP TS 23.038 §6.2.1.1: its extension, of which each character takes an escape before it. */
const extension = new Set("\f^{}\\[~]|€");

/** What has a near relative in the alphabet, and is no letter with a mark upon it. */
const relatives: Readonly<Record<string, string>> = {
  ...{ "\t": " ", "\u00A0": " ", "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"' },
  ...{ "«": '"', "»": '"', "…": "...", "•": "*", "·": ".", "×": "x", "→": ">", "≥": ">=", "≤": "<=", "`": "'" },
  ...{ ł: "l", Ł: "L", đ: "d", Đ: "D", ı: "i", œ: "oe", Œ: "OE", þ: "th", Þ: "Th", ð: "d", ẞ: "SS" },
};

/** Marks upon letters, and what nobody sees. */
const unwritten = /[\p{M}\p{Cf}]/gu;

/** The text in characters of GSM-7 only: with one outside of it, a message would hold 70 characters instead of 160. */
export function toGsm7(text: string): string {
  return Array.from(text, (character) => {
    if (isGsm7(character)) return character;
    const relative = relatives[character];
    if (relative !== undefined) return relative;
    const plain = character.normalize("NFKD").replaceAll(unwritten, "");
    if (plain === "" && character !== "") return "";
    return [...plain].every(isGsm7) ? plain : "?";
  }).join("");
}

function isGsm7(character: string): boolean {
  return basic.has(character) || extension.has(character);
}

/** How much of a message's 160 septets a text of GSM-7 takes. */
export function septetsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (extension.has(character) ? 2 : 1), 0);
}

/** What a single message holds: 140 bytes of 7 bits each (3GPP TS 23.040 §9.2.3.24). */
export const messageSeptets = 160;

const gap = "..";

/**
 * A name of GSM-7 in so many septets. It is cut in the middle: names of channels differ at their beginnings (`bbc-one`,
 * `bbc-two`) and at their ends (`-london-hd`).
 */
export function shortened(name: string, septets: number): string {
  if (septetsOf(name) <= septets) return name;
  const room = septets - gap.length;
  if (room < 2) return fitting(name, septets);
  const head = fitting(name, Math.ceil(room / 2));
  const tail = reversed(fitting(reversed(name), room - septetsOf(head)));
  return `${head}${gap}${tail}`;
}

/** As much of a text from its beginning as so many septets hold. */
export function fitting(text: string, septets: number): string {
  let used = 0;
  let kept = "";
  for (const character of text) {
    used += septetsOf(character);
    if (used > septets) return kept;
    kept += character;
  }
  return kept;
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}
