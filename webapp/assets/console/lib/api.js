import {seeingHeaders} from './seeing.js';
import {askToSignIn} from './session.js';
import {language, t} from './texts.js';

const ROOT = new URL('../', document.baseURI);
const BASE = new URL('api/', ROOT);
const LONGEST_PAGE = 200;
const MOST_PAGES = 50;

/**
 * Marks our own requests: the server answers them with a problem rather than with a dialog of the browser, and in the
 * language of the texts.
 */
export function own() {
  return {'X-Requested-With': 'Report-Files', 'Accept-Language': language, ...seeingHeaders()};
}

/** What the server says is wrong (RFC 9457). */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail || t('problem.silent'));
    this.status = status;
    this.title = document.title || t('problem.status', {status});
    this.errors = document.errors || [];
    this.instance = document.instance || '';
  }

  /** When no answer came at all. */
  static ofConnection() {
    return new Problem(0, {title: t('problem.connection'), detail: t('problem.connection.detail')});
  }

  /** The problem that an answer is. */
  static async of(response) {
    return new Problem(response.status, await response.json().catch(() => ({})));
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

/** The address of something beside the API, such as the uploads. */
export function beside(path) {
  return new URL(path, ROOT);
}

/**
 * Sends a request, and once more after the reader has signed in again where the session had ended.
 *
 * @returns {Promise<Response>}
 * @throws {Problem} if no answer came
 */
export async function send(url, options = {}) {
  const response = await fetchOnce(url, options);
  if (response.status !== 401) {
    return response;
  }
  await askToSignIn();
  return fetchOnce(url, options);
}

async function fetchOnce(url, options) {
  try {
    return await fetch(url, {...options, headers: {...own(), ...options.headers}});
  } catch (failure) {
    throw failure.name === 'AbortError' ? failure : Problem.ofConnection();
  }
}

/**
 * Asks the API.
 *
 * @returns {Promise<any>} the JSON of the answer, or null where there is none
 * @throws {Problem}
 */
export async function ask(path, {method = 'GET', query = {}, body, signal} = {}) {
  const response = await send(address(path, query), {
    method,
    signal,
    headers: {Accept: 'application/json', ...(body ? {'Content-Type': 'application/json'} : {})},
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!response.ok) {
    throw await Problem.of(response);
  }
  return response.status === 204 ? null : response.json().catch(() => null);
}

/** All items of a list that is known to be of moderate length. */
export async function askAll(path, query = {}) {
  const items = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await ask(path, {query: {...query, page, size: LONGEST_PAGE}});
    items.push(...answer.items);
    if (answer.items.length < LONGEST_PAGE) {
      break;
    }
  }
  return items;
}

/** How many items a list has; {@code exact} is false where there are more. */
export async function count(path, query = {}) {
  const {total, totalIsExact} = await ask(path, {query: {...query, size: 1}});
  return {total, exact: totalIsExact};
}

/** What {@code answer} becomes, or {@code otherwise} where the API does not have it or does not give it to the caller. */
export async function ifOffered(answer, otherwise = null) {
  try {
    return await answer;
  } catch (problem) {
    if (problem.status === 403 || problem.status === 404) {
      return otherwise;
    }
    throw problem;
  }
}
