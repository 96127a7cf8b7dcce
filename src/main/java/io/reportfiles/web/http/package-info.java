/** What HTTP itself says and this application has to understand: dates, preferences, ids, headers of every answer. */
package io.reportfiles.web.http;
