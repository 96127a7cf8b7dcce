/**
 * What all features share on their way to HTTP: the current caller, short bodies, queries, paging, and the filters that stand
 * before everything. Knows no feature.
 */
package io.reportfiles.web;
