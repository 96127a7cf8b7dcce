/**
 * How browsers get the console: its one page, its scripts and styles, and what it has to know about the installation. What
 * it shows comes from the JSON API, like everybody else's; no view state lives on the server.
 */
package io.reportfiles.console;
