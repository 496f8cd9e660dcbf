/** Somebody else wrote the row first. Read it again, and decide anew. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}

/** Not now: the disk is full, the database locked, the service throttling or out of reach. Nothing was accepted. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}

/** A page was asked for with a cursor that no page gave. */
export class InvalidCursorError extends Error {
  override readonly name = "InvalidCursorError";
}
