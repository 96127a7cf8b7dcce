/**
 * What all HTTP answers share: the problem document and its HTML twin, the one table from failure to status, the
 * request id, the current caller, paging. Knows no feature; features throw {@link io.reportfiles.web.ProblemException}.
 */
package io.reportfiles.web;
