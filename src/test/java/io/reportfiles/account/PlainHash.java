package io.reportfiles.account;

import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Hashes nothing, so that tests of what happens around it are quick; counts how often it was asked. */
public final class PlainHash implements Pbkdf2PasswordHash {

    private final AtomicInteger verifications = new AtomicInteger();

    public int verifications() {
        return verifications.get();
    }

    @Override
    public void initialize(Map<String, String> parameters) {
        // nothing to set
    }

    @Override
    public String generate(char[] password) {
        return "plain:" + new String(password);
    }

    @Override
    public boolean verify(char[] password, String hashedPassword) {
        verifications.incrementAndGet();
        return hashedPassword.equals("plain:" + new String(password));
    }
}
