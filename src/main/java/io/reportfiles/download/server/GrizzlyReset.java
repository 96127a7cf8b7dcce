package io.reportfiles.download.server;

import java.lang.reflect.Method;

/**
 * Tells the reader of an HTTP/2 stream that it was broken off, with a {@code RST_STREAM} frame (RFC 9113 §6.4). When a
 * stream is terminated Grizzly only falls silent about it, and the reader waits until the whole connection is closed.
 */
final class GrizzlyReset {

    private static final String PACKAGE = "org.glassfish.grizzly.http2.";

    private GrizzlyReset() {}

    /** Sends the frame by {@code sink}, the output of the connection that {@code stream} belongs to. */
    static void send(Object sink, Object stream) throws ReflectiveOperationException {
        ClassLoader server = stream.getClass().getClassLoader();
        Class<?> code = Class.forName(PACKAGE + "frames.ErrorCode", true, server);
        Object builder = Class.forName(PACKAGE + "frames.RstStreamFrame", true, server)
                .getMethod("builder")
                .invoke(null);
        Class<?> building = builder.getClass();
        building.getMethod("errorCode", code)
                .invoke(builder, code.getField("INTERNAL_ERROR").get(null));
        building.getMethod("streamId", int.class)
                .invoke(builder, stream.getClass().getMethod("getId").invoke(stream));
        Method write = Class.forName(PACKAGE + "Http2SessionOutputSink", true, server)
                .getDeclaredMethod("writeDownStream", Class.forName(PACKAGE + "frames.Http2Frame", true, server));
        write.setAccessible(true);
        write.invoke(sink, building.getMethod("build").invoke(builder));
    }
}
