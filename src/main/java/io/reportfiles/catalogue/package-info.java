/**
 * What a report file is filed under: organisations with their regions, sections, periods; and their administration.
 * Reference data only; knows no report files, accounts or transfers.
 */
package io.reportfiles.catalogue;
