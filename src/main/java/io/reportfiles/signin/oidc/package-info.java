/**
 * Signing in with an identity provider: OpenID Connect's way there and back, and from its claims to an account. Who may do
 * what is decided elsewhere; sessions and accounts are the account package's. The one package that knows JSON Web Tokens.
 */
package io.reportfiles.signin.oidc;
