const BASE = new URL('../api/', document.baseURI);

/** Marks our own requests: the server answers them with a problem rather than with a dialog of the browser. */
export const OWN = {'X-Requested-With': 'Report-Files'};

/** What the server says is wrong (RFC 9457). */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail || 'The server did not say why.');
    this.status = status;
    this.title = document.title || `The server answered ${status}.`;
    this.errors = document.errors || [];
    this.instance = document.instance || '';
  }

  /** When no answer came at all. */
  static ofConnection() {
    return new Problem(0, {
      title: 'No answer.',
      detail: 'The connection to the server broke off. It may be unreachable, or it refused what was sent.',
    });
  }
}

/** The address of an API path, or of a path the API gave us. */
export function address(path, query = {}) {
  const url = new URL(path, BASE);
  for (const [name, value] of Object.entries(query)) {
    if (value !== '' && value !== null && value !== undefined) {
      url.searchParams.set(name, value);
    }
  }
  return url;
}

/** Leaves for the sign-in page, and comes back. */
export function signIn() {
  const login = new URL('../login', document.baseURI);
  login.searchParams.set('return', location.pathname + location.search);
  location.assign(login);
}

/**
 * Asks the API.
 *
 * @returns {Promise<any>} the JSON of the answer, or null where there is none
 * @throws {Problem}
 */
export async function ask(path, {method = 'GET', query = {}, body, signal} = {}) {
  let response;
  try {
    response = await fetch(address(path, query), {
      method,
      signal,
      headers: {Accept: 'application/json', ...OWN, ...(body ? {'Content-Type': 'application/json'} : {})},
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch (failure) {
    throw failure.name === 'AbortError' ? failure : Problem.ofConnection();
  }
  if (response.status === 401) {
    signIn();
  }
  if (!response.ok) {
    throw new Problem(response.status, await response.json().catch(() => ({})));
  }
  return response.status === 204 ? null : response.json().catch(() => null);
}

/** All items of a short list, for selections; the longest page the API gives. */
export async function askAll(path) {
  return (await ask(path, {query: {size: 200}})).items;
}
