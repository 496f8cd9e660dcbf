/** The inputs that a live encoder may take its programme from. */
export interface ChannelInputs {
  /** Names of the channel's input attachments, in its own order. */
  readonly names: readonly string[];
  /** The one that it takes now; null where it says none. */
  readonly active: string | null;
}

/** Live encoders whose input is switched. */
export interface MediaInputs {
  /** @throws Error with one line where there is no such channel */
  of(channelId: string): Promise<ChannelInputs>;
  /**
   * @param name of the switch: the same name again is without effect
   * @throws UnavailableError where it was not accepted; it is to be done again
   * @throws Error with one line where it is refused
   */
  switchTo(channelId: string, input: string, name: string): Promise<void>;
}
