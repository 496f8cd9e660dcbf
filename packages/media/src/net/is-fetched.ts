export function isWeb(input: string): boolean {
  return /^https?:/i.test(input);
}

/** Whether an input is read by our own fetcher: http(s) addresses, and local playlists, which have segments beside them. */
export function isFetched(input: string): boolean {
  return isWeb(input) || /\.(m3u8?|mpd)$/i.test(input);
}
