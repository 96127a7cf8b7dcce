/**
 * What an operator can configure: one record per concern, read once at start, checked here. Holds no behaviour that
 * depends on a setting, and knows no feature.
 */
package io.reportfiles.config;
