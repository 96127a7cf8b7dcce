// SHA-256 (FIPS 180-4) in pieces: the browser's own crypto.subtle wants all of a file in memory at once.

const BLOCK = 64;

/** Of the first primes the first 32 bits of the fractional parts of roots, from which the standard takes its constants. */
function fractions(count, root) {
  const found = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (![...Array(candidate).keys()].slice(2).some((divisor) => candidate % divisor === 0)) {
      const power = candidate ** root;
      found.push(((power - Math.floor(power)) * 2 ** 32) | 0);
    }
  }
  return found;
}

const K = new Int32Array(fractions(64, 1 / 3));
const START = fractions(8, 1 / 2);

/** Computes a digest of bytes that come one after the other. */
export class Sha256 {
  #state = new Int32Array(START);
  #words = new Int32Array(64);
  #rest = new Uint8Array(BLOCK);
  #resting = 0;
  #length = 0;

  /** Takes the next bytes. */
  update(bytes) {
    this.#length += bytes.length;
    let at = 0;
    if (this.#resting > 0) {
      at = Math.min(BLOCK - this.#resting, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#resting);
      this.#resting += at;
      if (this.#resting < BLOCK) {
        return this;
      }
      this.#blocks(this.#rest, 0, BLOCK);
      this.#resting = 0;
    }
    const whole = at + Math.floor((bytes.length - at) / BLOCK) * BLOCK;
    this.#blocks(bytes, at, whole);
    this.#rest.set(bytes.subarray(whole));
    this.#resting = bytes.length - whole;
    return this;
  }

  /** The digest in hexadecimal digits. Nothing may be added after it. */
  hex() {
    const padded = new Uint8Array(this.#resting < 56 ? BLOCK : 2 * BLOCK);
    padded.set(this.#rest.subarray(0, this.#resting));
    padded[this.#resting] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(this.#length / 2 ** 29));
    view.setUint32(padded.length - 4, (this.#length << 3) >>> 0);
    this.#blocks(padded, 0, padded.length);
    return [...this.#state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #blocks(bytes, from, to) {
    const w = this.#words;
    let [h0, h1, h2, h3, h4, h5, h6, h7] = this.#state;
    for (let offset = from; offset < to; offset += BLOCK) {
      for (let i = 0, at = offset; i < 16; i++, at += 4) {
        w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      }
      for (let i = 16; i < 64; i++) {
        const x = w[i - 15];
        const y = w[i - 2];
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let a = h0, b = h1, c = h2, d = h3, e = h4, f = h5, g = h6, h = h7;
      for (let i = 0; i < 64; i++) {
        const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g;
        g = f;
        f = e;
        e = (d + t1) | 0;
        d = c;
        c = b;
        b = a;
        a = (t1 + t2) | 0;
      }
      h0 = (h0 + a) | 0;
      h1 = (h1 + b) | 0;
      h2 = (h2 + c) | 0;
      h3 = (h3 + d) | 0;
      h4 = (h4 + e) | 0;
      h5 = (h5 + f) | 0;
      h6 = (h6 + g) | 0;
      h7 = (h7 + h) | 0;
    }
    this.#state.set([h0, h1, h2, h3, h4, h5, h6, h7]);
  }
}
