/**
 * The object store on Amazon S3 and whatever speaks its protocol. The only package that imports the AWS SDK; nothing of
 * the SDK, its exceptions included, is seen outside of it.
 */
package io.reportfiles.storage.s3;
