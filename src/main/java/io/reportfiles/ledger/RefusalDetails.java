package io.reportfiles.ledger;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * How often files were refused to callers that nobody knows, in one minute from one address.
 *
 * @param minute its beginning
 * @param remoteAddress of version 4; a network of 48 bits of version 6; or {@code others}
 * @param userAgent what the first of these clients calls itself, empty if it does not say
 * @param requests how many, 1 or more
 */
@JsonbPropertyOrder({"minute", "remoteAddress", "userAgent", "requests"})
public record RefusalDetails(Instant minute, String remoteAddress, String userAgent, long requests) {}
