/** Measurements that anyone can run with {@code mvn -Pbench}: ratios within one run, never absolute promises. */
package io.reportfiles.bench;
