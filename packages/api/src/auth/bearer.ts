/** The token of `Authorization: Bearer TOKEN` (RFC 6750 §2.1); the scheme's name is case-insensitive (RFC 9110 §11.1). */
export function bearerOf(request: Request): string | null {
  return /^Bearer +([\w.~+/-]+=*) *$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}
