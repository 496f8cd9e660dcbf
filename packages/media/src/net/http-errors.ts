import { STATUS_CODES } from "node:http";
import { GlasswatchError, inputError } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";

/** Tries again later may help (RFC 9110 §15, and 425 of RFC 8470). */
const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

export function isPassingStatus(status: number): boolean {
  return passingStatuses.has(status);
}

/** What a status that is no success means and what to do about it. */
export function statusError(url: string, status: number): GlasswatchError {
  const reason = STATUS_CODES[status];
  const said = reason === undefined ? `HTTP ${status}` : `HTTP ${status} ${reason}`;
  return inputError("http-status", `${maskUrl(url)}: the server answered ${said}; ${adviceOn(status)}`);
}

function adviceOn(status: number): string {
  if (status === 401) return "put user and password into the address (https://user:password@host/…)";
  if (status === 403) return "check the credentials, or whether the signature in the address has expired";
  if (status === 404 || status === 410) return "check the address";
  if (status === 429) return "the server asks for fewer requests; try again later";
  if (status >= 500) return "try again later or ask whoever runs the origin";
  return "check the address and what the server expects";
}

const passingCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "UND_ERR_SOCKET",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
]);

export function isPassingFailure(error: unknown): boolean {
  return passingCodes.has(codeOf(error));
}

/** What went wrong before an answer came, in words. */
export function connectionError(url: string, error: unknown): GlasswatchError {
  if (error instanceof GlasswatchError) return error;
  const code = codeOf(error);
  const shown = maskUrl(url);
  if (timeouts.has(code)) return inputError("timed-out", `${shown}: ${timeouts.get(code)}`, error);
  const { hostname, host } = new URL(url);
  return inputError("connection-failed", `${shown}: ${explain(code, hostname, host, error)}`, error);
}

const timeouts: ReadonlyMap<string, string> = new Map([
  ["UND_ERR_CONNECT_TIMEOUT", "the server could not be reached in time; check the address and the firewall"],
  ["ETIMEDOUT", "the server could not be reached in time; check the address and the firewall"],
  ["UND_ERR_HEADERS_TIMEOUT", "the server took the request but never answered; try again or ask whoever runs it"],
]);

function explain(code: string, hostname: string, host: string, error: unknown): string {
  if (code === "ENOTFOUND") return `there is no host named ${hostname} (DNS); check the address`;
  if (code === "EAI_AGAIN") return `the name ${hostname} could not be resolved (DNS did not answer); check the network`;
  if (code === "ECONNREFUSED") return `nothing listens at ${host} (connection refused); check the port and the server`;
  if (code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET") {
    return "the server closed the connection without an answer; try again or ask whoever runs it";
  }
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return `no route to ${hostname}; check the network`;
  if (code === "CERT_HAS_EXPIRED") return "TLS: the server's certificate has expired; its owner must renew it";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return `TLS: the server's certificate is not for ${hostname}`;
  if (/SELF_SIGNED|UNABLE_TO|CERT_/.test(code)) {
    return `TLS: the server's certificate is not trusted (${code}); set NODE_EXTRA_CA_CERTS to its authority's file`;
  }
  if (/SSL|TLS|EPROTO/.test(code))
    return `TLS: no secure connection could be agreed on (${code}); is it http, not https?`;
  if (code.startsWith("HPE")) return "what answers there does not speak HTTP; check the port";
  return error instanceof Error ? firstLine(error.message) : "the connection failed";
}

export function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  // Undici leaves the parser's code out of some of its parser errors.
  if (name === "HTTPParserError") return "HPE";
  return typeof code === "string" ? code : "";
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

export function interrupted(url: string): GlasswatchError {
  return inputError("interrupted", `${maskUrl(url)}: stopped before the end`);
}
