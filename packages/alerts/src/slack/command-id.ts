/** A button that somebody pressed. */
export interface PressedButton {
  /** Slack's own time of it, which tells one press from the next. */
  readonly actionTs: string;
  readonly userId: string;
  readonly actionId: string;
  readonly incidentId: string;
}

/** The same press again is the same command. */
export function commandIdOf({ actionTs, userId, actionId, incidentId }: PressedButton): string {
  return ["slack", actionTs, userId, actionId, incidentId].join(":");
}

/** The incident whose message had the button; null for a command that came another way. */
export function incidentOfCommand(commandId: string): string | null {
  return /^slack:[^:]*:[^:]*:[^:]*:(.+)$/s.exec(commandId)?.[1] ?? null;
}
