/**
 * Accounts, their passwords and access tokens, and the first administrator. How a request proves to come from one is in
 * {@code signin}; what an account may do is decided in {@link io.reportfiles.access}.
 */
package io.reportfiles.account;
