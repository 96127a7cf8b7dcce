/** The sentences that people read, in the languages there are. */
package io.reportfiles.web.text;
