import {ask, beside, Problem, send} from './api.js';
import {problemOf, transmit} from './upload.js';

// The resumable upload protocol tus 1.0 (https://tus.io/protocols/resumable-upload), as far as this console needs it.

const TUS = {'Tus-Resumable': '1.0.0'};
const KEY = 'report-files.uploads';
const TRIES = 6;
const FIRST_WAIT = 500;

let offered;

/** Whether the server takes resumable uploads. */
export function isOffered() {
  offered ??= send(beside('uploads'), {method: 'OPTIONS'})
    .then((response) => response.ok && response.headers.get('Tus-Version')?.split(',').includes('1.0.0'))
    .catch(() => false);
  return offered;
}

/** Base64 of the UTF-8 of a text, as Upload-Metadata has values. */
export function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The value of Upload-Metadata. */
export function metadata(fields) {
  return Object.entries(fields).map(([name, value]) => `${name} ${base64(String(value))}`).join(',');
}

/**
 * Submits a file so that it goes on where it stopped: after a broken connection by itself, after a pause or a reload when
 * it is called again with the same file and fields.
 *
 * @returns {Promise<Object>} the JSON of the new report file
 */
export async function submitResumable(file, fields, progress, signal) {
  const key = fingerprint(file, fields);
  let state = await known(key) || await begin(file, fields, key);
  for (let tries = 0, wait = FIRST_WAIT; state.reportFile === undefined;) {
    const before = state.offset;
    progress(before);
    try {
      state = await goOn(state, file, progress, signal);
    } catch (failure) {
      if (!worthAnotherTry(failure) || ++tries >= TRIES) {
        throw forgetIfRefused(failure, key);
      }
      await pause(wait, signal);
      wait *= 2;
      state = await find(state.url).catch(() => null) || state;
    }
    if (state.offset > before) {
      tries = 0;
      wait = FIRST_WAIT;
    }
  }
  forget(key);
  return ask(`report-files/${encodeURIComponent(state.reportFile)}`);
}

/** Gives an unfinished upload up, here and on the server. */
export async function giveUp(key) {
  const kept = unfinished()[key];
  forget(key);
  if (kept) {
    await send(new URL(kept.url, beside('')), {method: 'DELETE', headers: TUS}).catch(() => null);
  }
}

/** What was begun and not ended, by fingerprint: {@code {url, name, size, fields}}. */
export function unfinished() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch (e) {
    return {}; // storage is switched off: nothing goes on after a reload
  }
}

/** Tells one file from another without reading it. */
export function fingerprint(file, fields) {
  return [file.name, file.size, file.lastModified, ...Object.values(fields)].join('/');
}

async function known(key) {
  const kept = unfinished()[key];
  const state = kept && await find(new URL(kept.url, beside('')));
  if (kept && !state) {
    forget(key);
  }
  return state;
}

async function begin(file, fields, key) {
  const response = await send(beside('uploads'), {
    method: 'POST',
    headers: {...TUS, 'Upload-Length': String(file.size), 'Upload-Metadata': metadata({filename: file.name, ...fields})},
  });
  if (response.status !== 201) {
    throw await Problem.of(response);
  }
  const url = new URL(response.headers.get('Location'), response.url);
  keep(key, {url: url.pathname, name: file.name, size: file.size, lastModified: file.lastModified, fields});
  return stateOf(url, (name) => response.headers.get(name));
}

/** How far an upload has come; null when there is no such upload any more. */
async function find(url) {
  const response = await send(url, {method: 'HEAD', headers: TUS});
  return response.ok ? stateOf(url, (name) => response.headers.get(name)) : null;
}

async function goOn({url, offset}, file, progress, signal) {
  const answer = await transmit('PATCH', url,
    {...TUS, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset)},
    file.slice(offset), (sent) => progress(Math.min(file.size, offset + sent)), signal);
  if (answer.status !== 204) {
    throw problemOf(answer);
  }
  return stateOf(url, (name) => answer.getResponseHeader(name));
}

function stateOf(url, header) {
  return {url, offset: Number(header('Upload-Offset') || 0), reportFile: header('Report-File') || undefined};
}

// 409: another offset than we thought; 423: the request before is still being ended.
function worthAnotherTry({status}) {
  return status === 0 || status === 409 || status === 423 || status === 408 || status === 429 || status >= 500;
}

function forgetIfRefused(failure, key) {
  if (failure.status >= 400 && failure.status < 500) {
    forget(key);
  }
  return failure;
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('Stopped', 'AbortError'));
    });
  });
}

function keep(key, upload) {
  store({...unfinished(), [key]: upload});
}

function forget(key) {
  const uploads = unfinished();
  delete uploads[key];
  store(uploads);
}

function store(uploads) {
  try {
    localStorage.setItem(KEY, JSON.stringify(uploads));
  } catch (e) {
    // full or switched off: nothing goes on after a reload
  }
}
