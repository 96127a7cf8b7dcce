/**
 * How a request proves who it comes from: by a password, a token, a browser session, or somebody who vouches for it. What an
 * account may do is decided in {@code access}; what accounts there are is kept in {@code account}.
 */
package io.reportfiles.signin;
