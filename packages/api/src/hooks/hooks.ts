/** A text message that somebody sent to Glasswatch. */
export interface ReceivedSms {
  /** Number in the form of E.164: `+4915112345678`. */
  readonly from: string;
  readonly text: string;
  /** The same message again has the same. */
  readonly messageId: string;
}

/** Ways in for what others have to say. Whoever composes the API knows who understands it. */
export interface Hooks {
  /** Requests of Slack, which come without a key: it looks at their signature itself. */
  readonly slack?: (request: Request) => Promise<Response>;
  /** Text messages that a gateway passes on. */
  readonly sms?: (message: ReceivedSms) => Promise<void>;
}
