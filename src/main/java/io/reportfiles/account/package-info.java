/**
 * Accounts and how a request proves to come from one: password, access token or browser session, the sign-in page, the
 * first administrator. Decides who asks; what they may do is decided in {@link io.reportfiles.access}.
 */
package io.reportfiles.account;
