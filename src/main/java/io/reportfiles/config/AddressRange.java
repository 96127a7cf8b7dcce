package io.reportfiles.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, as in {@code 10.1.0.0/16}.
 *
 * @param first one of them, 4 or 16 octets
 * @param bits how many of its bits count
 */
public record AddressRange(Address first, int bits) {

    /**
     * One address of the Internet Protocol.
     *
     * @param inet 4 or 16 octets
     */
    public record Address(InetAddress inet) {

        private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

        /** An address of version 6 that ends like one of version 4, in brackets. */
        private static final int LONGEST = 47;

        /** What no name of a host looks like, so that nothing is looked up. */
        private static final Pattern LITERAL =
                Pattern.compile("OCTET(\\.OCTET){3}|\\[?+(?=[0-9A-Fa-f]*+:)[0-9A-Fa-f:.]++]?+".replace("OCTET", OCTET));

        /** The address that is written down; empty for anything else, names included. */
        public static Optional<Address> parse(String text) {
            if (text.length() > LONGEST || !LITERAL.matcher(text).matches()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Address(InetAddress.getByName(text)));
            } catch (UnknownHostException notAnAddress) {
                return Optional.empty();
            }
        }

        /**
         * The addresses among which the owner of this one may choose, for whoever counts callers: of version 6 those that
         * begin with the same {@code octets}, of version 4 this one alone.
         */
        public AddressRange network(int octets) {
            byte[] bytes = inet.getAddress();
            if (!(inet instanceof Inet6Address)) {
                return new AddressRange(this, bytes.length * Byte.SIZE);
            }
            Arrays.fill(bytes, octets, bytes.length, (byte) 0);
            try {
                return new AddressRange(new Address(InetAddress.getByAddress(bytes)), octets * Byte.SIZE);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e); // it has the right length
            }
        }

        @Override
        public String toString() {
            return inet.getHostAddress();
        }
    }

    public AddressRange {
        if (bits < 0 || bits > first.inet().getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("%d bits of %s".formatted(bits, first));
        }
    }

    /**
     * The range that is written down: an address alone, or with a number of bits behind a slash.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static AddressRange parse(String text) {
        String[] parts = text.strip().split("/", 2);
        Address first = Address.parse(parts[0]).orElseThrow(() -> new IllegalArgumentException("no address: " + text));
        int all = first.inet().getAddress().length * Byte.SIZE;
        return new AddressRange(first, parts.length == 1 ? all : Integer.parseInt(parts[1]));
    }

    @Override
    public String toString() {
        boolean one = bits == first.inet().getAddress().length * Byte.SIZE;
        return one ? first.toString() : first + "/" + bits;
    }

    /** Whether {@code address} is one of them. */
    public boolean contains(Address address) {
        byte[] ours = first.inet().getAddress();
        byte[] theirs = address.inet().getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((ours[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
