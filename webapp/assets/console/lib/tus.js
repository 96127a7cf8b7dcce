import {ask, beside, Problem, send} from './api.js';
import {t} from './texts.js';
import {problemOf, transmit} from './upload.js';

// The resumable upload protocol tus 1.0 (https://tus.io/protocols/resumable-upload), as far as this console needs it.

const TUS = {'Tus-Resumable': '1.0.0'};
const KEY = 'report-files.uploads';
const TRIES = 6;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

/** Another request still has the upload: the one that was broken off, or one that makes the file available. */
const LOCKED = 423;
const GONE = [404, 410];
/** Answers after which the server keeps nothing of an upload. Whatever else goes wrong, it can be gone on with. */
const FINAL = [...GONE, 400, 413, 422];

let offered;
let unstored = {};

/** Whether the server takes resumable uploads. */
export function isOffered() {
  offered ??= send(beside('uploads'), {method: 'OPTIONS'})
    .then((response) => response.ok && response.headers.get('Tus-Version')?.split(',').includes('1.0.0'))
    .catch(() => false);
  return offered;
}

/** Base64 of the UTF-8 of a text, as Upload-Metadata has values. */
function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The value of Upload-Metadata. */
function metadata(fields) {
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
  const patience = new Patience(signal);
  let begun = false;
  for (let state = null, reached = 0; ;) {
    try {
      // How far it is, is asked again after every failure: sending a body to find out could cost gigabytes.
      state ??= await find(key, begun) ?? await begin(file, fields, key);
      begun = true;
      if (state.reportFile !== undefined) {
        const accepted = await ask(`report-files/${encodeURIComponent(state.reportFile)}`);
        forget(key);
        return accepted;
      }
      if (state.offset > reached) {
        reached = state.offset;
        patience.restore();
      }
      progress(state.offset);
      state = await goOn(state, file, progress, signal);
    } catch (failure) {
      if (FINAL.includes(failure.status)) {
        forget(key);
      }
      state = null;
      await patience.after(failure);
    }
  }
}

/**
 * Gives an unfinished upload up, on the server and then here.
 *
 * @throws {Problem} if it can't be, as it has become a report file; or if the server does not say, and it can be tried again
 */
export async function giveUp(key) {
  const patience = new Patience();
  for (let kept = unfinished()[key]; kept !== undefined;) {
    try {
      const response = await send(urlOf(kept), {method: 'DELETE', headers: TUS});
      if (!response.ok && !GONE.includes(response.status)) {
        throw await Problem.of(response);
      }
      kept = undefined;
      forget(key);
    } catch (failure) {
      await patience.after(failure);
    }
  }
}

/** Tells what is worth another try, and when: after longer and longer waits, and not for ever. */
class Patience {
  #signal;
  #tries = 0;
  #wait = FIRST_WAIT;

  constructor(signal = new AbortController().signal) {
    this.#signal = signal;
  }

  /** Something has gone well. */
  restore() {
    this.#tries = 0;
    this.#wait = FIRST_WAIT;
  }

  /** Waits before the next try, or throws {@code failure}. That another request has the upload ends by itself. */
  async after(failure) {
    if (!worthAnotherTry(failure) || (failure.status !== LOCKED && ++this.#tries >= TRIES)) {
      throw failure;
    }
    await pause(this.#wait, this.#signal);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
  }
}

/** What was begun and not ended, by fingerprint: {@code {url, name, size, fields}}. */
export function unfinished() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch (e) {
    return unstored;
  }
}

/** Whether an upload of this file was begun and can be gone on with, as far as is known here. */
export function canGoOn(file, fields) {
  return fingerprint(file, fields) in unfinished();
}

/** Tells one file from another without reading it. */
export function fingerprint(file, fields) {
  return [file.name, file.size, file.lastModified, ...Object.values(fields)].join('/');
}

/**
 * How far an upload has come; null when none is known of.
 *
 * @param {boolean} begun whether it was there a moment ago, so that it is a failure if it is not any more
 * @throws {Problem} if the server does not say
 */
async function find(key, begun) {
  const kept = unfinished()[key];
  if (kept === undefined) {
    return null;
  }
  const url = urlOf(kept);
  const response = await send(url, {method: 'HEAD', headers: TUS});
  if (response.ok) {
    return stateOf(url, (name) => response.headers.get(name));
  }
  if (begun || !GONE.includes(response.status)) {
    throw GONE.includes(response.status)
      ? new Problem(response.status, {title: t('submit.gone'), detail: t('submit.gone.explain')})
      : await Problem.of(response);
  }
  forget(key);
  return null;
}

function urlOf(kept) {
  return new URL(kept.url, beside(''));
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

// 409: another offset than we thought, which is asked for before the next try.
function worthAnotherTry({status}) {
  return status === 0 || status === 408 || status === 409 || status === LOCKED || status === 429 || status >= 500;
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new DOMException('Stopped', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop);
    if (signal.aborted) {
      stop();
    }
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
  unstored = uploads;
  try {
    localStorage.setItem(KEY, JSON.stringify(uploads));
  } catch (e) {
    // switched off: nothing goes on after a reload
  }
}
