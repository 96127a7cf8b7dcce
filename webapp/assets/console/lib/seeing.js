const KEY = 'report-files.see-as';

/**
 * The account whose view this tab shows, as the API began it: {account, name, header}; null for the reader's own. Kept for
 * the tab alone, so that others go on as before.
 */
export function seen() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch (e) {
    return null; // storage is switched off
  }
}

/** Shows another account's view from the next page on. */
export function see(answer) {
  sessionStorage.setItem(KEY, JSON.stringify(answer));
}

/** Shows the reader's own view from the next page on. */
export function seeNoMore() {
  sessionStorage.removeItem(KEY);
}

/** What requests of this tab say of it. */
export function seeingHeaders() {
  const other = seen();
  return other ? {[other.header]: other.account} : {};
}
