/**
 * Looks into what is submitted before it becomes available: whether it is malware, and whether it passes the checks of its
 * section, to which a deployer may add. Sees bytes as they pass and decides; where they come from and where they go is not
 * its business.
 */
package io.reportfiles.inspection;
