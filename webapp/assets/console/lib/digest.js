/**
 * The SHA-256 of a file, computed here while it is sent.
 *
 * @returns {Promise<string>} in hexadecimal digits; rejected if the file cannot be read or {@code signal} says stop
 */
export function sha256Of(file, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL('./digest-worker.js', import.meta.url), {type: 'module'});
    const end = (settle, value) => {
      worker.terminate();
      settle(value);
    };
    signal.addEventListener('abort', () => end(reject, signal.reason));
    worker.onmessage = ({data}) => data.sha256 ? end(resolve, data.sha256) : end(reject, new Error(data.failure));
    worker.onerror = () => end(reject, new Error('worker'));
    worker.postMessage(file);
  });
}
