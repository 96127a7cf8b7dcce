/**
 * Signing in with an LDAP directory: how a person is looked up there, and what the entry and the groups come to. Who may do
 * what is decided elsewhere; accounts, and what slows guessing down, are the account package's. The one package that speaks
 * LDAP.
 */
package io.reportfiles.signin.ldap;
