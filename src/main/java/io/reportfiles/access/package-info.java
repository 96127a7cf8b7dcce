/**
 * Who may do what: callers, roles, actions and the one policy that decides. Pure values and functions; knows no HTTP,
 * JPA, CDI or any feature, so that a rule can be read and tested by itself.
 */
package io.reportfiles.access;
