/**
 * How browsers get the console: the start page and how long its files are kept. The pages themselves are static, in
 * {@code webapp/console}, and know nothing but the JSON API; no view state lives on the server.
 */
package io.reportfiles.console;
