/** Kills the application while files are submitted, and looks what is left: {@code mvn -Pcrash}. */
package io.reportfiles.crash;
