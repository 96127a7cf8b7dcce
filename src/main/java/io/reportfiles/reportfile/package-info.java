/**
 * Report files: what is known about them, the rules of their life from reservation to withdrawal, their lists and
 * links. Knows where the bytes are and can open them, but moves none: that is for uploads and downloads.
 */
package io.reportfiles.reportfile;
