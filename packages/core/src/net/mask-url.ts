import { filePath } from "./file-url.ts";

const secretNames =
  /token|sig|secret|pass|auth|key|cred|policy|hmac|hash|jwt|session|sid|hdn[a-z]*|expires|acl|^st$|^e$|^t$/i;
/** Long runs of letters and digits mixed, as signatures and tokens are; not words, not numbers. */
const secretValue = /^(?=.*\d)(?=.*[a-z])[\w+/=.~%-]{24,}$/i;

/**
 * The address with everything left out that would let its reader in: user and password, and query values (or path parts,
 * as Akamai's `hdnts=…`) that are named or look like tokens or signatures. For whatever people or logs see.
 */
export function maskUrl(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^/?#]*@/, "//***@").replace(/[?#].*$/s, "?***");
  const { protocol, username, password, host, pathname, search, href } = new URL(url);
  if (protocol === "file:") return shownPath(url);
  const user = username || password ? "***@" : "";
  const masked = `${protocol}//${user}${host}${maskPath(pathname)}${maskQuery(search)}`;
  // Without secrets, people see what they typed.
  return masked === href ? url : masked;
}

/** Of an address that names no file, all is shown: it holds no secret, and is what has to be mended. */
function shownPath(url: string): string {
  try {
    return filePath(url);
  } catch {
    return url;
  }
}

function maskPath(path: string): string {
  return path.replace(/(^|[/;,])((?:hdn\w*|token|sig|exp)=)[^/]*/gi, "$1$2***");
}

function maskQuery(search: string): string {
  if (search === "") return "";
  const parts = search.slice(1).split("&");
  return `?${parts.map(maskPart).join("&")}`;
}

function maskPart(part: string): string {
  const equals = part.indexOf("=");
  if (equals < 0) return secretValue.test(part) ? "***" : part;
  const name = part.slice(0, equals);
  const value = part.slice(equals + 1);
  return value !== "" && (secretNames.test(name) || secretValue.test(value)) ? `${name}=***` : part;
}
