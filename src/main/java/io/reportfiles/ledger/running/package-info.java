/** What is under way on this node and can be broken off. Nothing here is written down. */
package io.reportfiles.ledger.running;
