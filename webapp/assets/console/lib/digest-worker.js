import {Sha256} from './sha256.js';

// Reads a file piece by piece, beside the page, so that neither its size nor the arithmetic is felt there.
self.onmessage = async ({data: file}) => {
  try {
    const digest = new Sha256();
    const reader = file.stream().getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      digest.update(piece.value);
    }
    self.postMessage({sha256: digest.hex()});
  } catch (failure) {
    self.postMessage({failure: failure.message});
  }
};
