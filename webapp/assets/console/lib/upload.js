import {address, own, Problem} from './api.js';
import {askToSignIn} from './session.js';

/**
 * Sends bytes; fetch tells no progress, so the older interface does it. The browser reads a file from the disk as it
 * goes; nothing is held in memory here.
 *
 * @param {string} method
 * @param {URL} url
 * @param {Object} headers
 * @param {Blob|FormData} body
 * @param {function(number)} progress told how many bytes of the body were sent
 * @param {AbortSignal} signal
 * @returns {Promise<XMLHttpRequest>} with an answer of any status but 401
 * @throws {Problem} if no answer came; an AbortError if {@code signal} says stop
 */
export async function transmit(method, url, headers, body, progress, signal) {
  const answer = await transmitOnce(method, url, headers, body, progress, signal);
  if (answer.status !== 401) {
    return answer;
  }
  await askToSignIn();
  return transmitOnce(method, url, headers, body, progress, signal);
}

function transmitOnce(method, url, headers, body, progress, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(stopped());
      return;
    }
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort);
    request.upload.onprogress = ({loaded}) => progress(loaded);
    request.onload = () => resolve(request);
    request.onerror = () => reject(Problem.ofConnection());
    request.onabort = () => reject(stopped());
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.open(method, url);
    for (const [name, value] of Object.entries({...own(), Accept: 'application/json', ...headers})) {
      request.setRequestHeader(name, value);
    }
    request.send(body);
  });
}

function stopped() {
  return new DOMException('Stopped', 'AbortError');
}

/** The problem that an answer is. */
export function problemOf(request) {
  return new Problem(request.status, parse(request.responseText));
}

/** Submits a file in one request. @returns {Promise<Object>} the JSON of the new report file */
export async function submitWhole(file, fields, progress, signal) {
  // As the whole body: a form would write some names in another way (HTML standard, "multipart/form-data encoding").
  const query = Object.entries({...fields, filename: file.name})
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const url = address('report-files');
  url.search = query.join('&');
  const answer = await transmit('POST', url, {'Content-Type': 'application/octet-stream'}, file, progress, signal);
  if (answer.status !== 201) {
    throw problemOf(answer);
  }
  return parse(answer.responseText);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (e) {
    return {};
  }
}
