/**
 * Servers for development and tests: a local S3, PostgreSQL, Payara Micro and WildFly with the files of
 * {@code server-config}, and what the run command does with them. Never part of the WAR.
 */
package io.reportfiles.dev;
