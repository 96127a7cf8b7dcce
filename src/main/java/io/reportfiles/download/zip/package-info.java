/** Several report files in one ZIP file, whose every byte is known before the first is read. */
package io.reportfiles.download.zip;
