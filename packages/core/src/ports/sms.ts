/** Text messages to people's telephones. */
export interface Sms {
  /**
   * Hands over one message, which may be delivered and lost without a word.
   *
   * @param to number in the form of E.164: `+4915112345678`
   * @throws UnavailableError where it was not accepted; it is to be sent again
   */
  send(to: string, text: string): Promise<void>;
}
