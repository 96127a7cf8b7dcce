/**
 * The report file: what it is called, where its bytes are, which states it goes through, and who sees it. Knows
 * neither HTTP streams nor the store's protocol; bytes come and go in {@code upload} and {@code download}.
 */
package io.reportfiles.reportfile;
