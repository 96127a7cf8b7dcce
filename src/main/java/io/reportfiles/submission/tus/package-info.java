/**
 * Submitting a report file in several requests, over lines that break: the tus protocol, version 1.0.0, at {@code
 * /uploads}. What has been received is in the object store and how far it goes in the database, nowhere else, so that
 * any node can go on at any time. What a submission has to say, and what a report file becomes at its end, is decided
 * where it is for the other forms of an upload.
 */
package io.reportfiles.submission.tus;
