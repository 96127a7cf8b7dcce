/** Where the bytes of report files live: keys, sizes, streams. Knows no HTTP, JPA or users; depends on no feature. */
package io.reportfiles.storage;
