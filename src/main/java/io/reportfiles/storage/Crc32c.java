package io.reportfiles.storage;

/**
 * Joins CRC32C values. The JDK computes them, from the first byte on; of bytes that came at different times, on different
 * nodes, only the values are left.
 */
final class Crc32c {

    private static final int POLYNOMIAL = 0x82F63B78; // Castagnoli's, the lowest bit standing for the highest power
    private static final int ONE = 1 << 31; // x^0
    private static final int X = 1 << 30; // x^1

    private Crc32c() {}

    /**
     * The CRC32C of some bytes followed by others.
     *
     * @param first CRC32C of the bytes that come first; 0 if there are none
     * @param second CRC32C of those that follow
     * @param secondLength how many follow
     */
    static int join(int first, int second, long secondLength) {
        // What follows shifts the first remainder by so many bits; the rest of the computation is linear.
        return multiply(first, power(Math.multiplyExact(secondLength, Byte.SIZE))) ^ second;
    }

    /** x to the power of {@code exponent}, modulo the polynomial. */
    private static int power(long exponent) {
        int result = ONE;
        int square = X;
        for (long left = exponent; left > 0; left >>>= 1) {
            if ((left & 1) == 1) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    /** The product of two polynomials, modulo the polynomial. */
    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int power = ONE; power != 0; power >>>= 1) {
            if ((a & power) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
        }
        return product;
    }
}
