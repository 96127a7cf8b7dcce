package io.reportfiles.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two network namespaces with a pair of virtual Ethernet devices between them, as between a server and its readers:
 * packets of 1,500 bytes and socket buffers of a bounded size. On the loopback device packets are 64 KiB, and the kernel
 * keeps megabytes for each reader who stands still; thousands of them come to its limit for all connections, and what is
 * measured is that. It takes Linux, {@code ip} and the right to make namespaces.
 */
final class Namespaces implements AutoCloseable {

    static final String SERVER_ADDRESS = "10.213.0.1";

    private static final String READERS_ADDRESS = "10.213.0.2";
    private static final String SEND_BUFFER = "4096 16384 262144";
    private static final String RECEIVE_BUFFER = "4096 32768 65536";

    private final String server =
            "reportfiles-server-" + ProcessHandle.current().pid();
    private final String readers =
            "reportfiles-readers-" + ProcessHandle.current().pid();

    private Namespaces() {}

    /** Whether they can be made here. */
    static boolean arePossible() throws InterruptedException {
        String name = "reportfiles-probe-" + ProcessHandle.current().pid();
        try {
            run("ip", "netns", "add", name);
            run("ip", "netns", "del", name);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static Namespaces create() throws IOException, InterruptedException {
        Namespaces made = new Namespaces();
        try {
            made.set();
            return made;
        } catch (IOException | InterruptedException e) {
            made.close();
            throw e;
        }
    }

    private void set() throws IOException, InterruptedException {
        run("ip", "netns", "add", server);
        run("ip", "netns", "add", readers);
        run("ip", "-n", server, "link", "add", "veth0", "type", "veth", "peer", "name", "veth0", "netns", readers);
        for (String namespace : List.of(server, readers)) {
            String address = namespace.equals(server) ? SERVER_ADDRESS : READERS_ADDRESS;
            run("ip", "-n", namespace, "address", "add", address + "/24", "dev", "veth0");
            run("ip", "-n", namespace, "link", "set", "veth0", "mtu", "1500", "up");
            run("ip", "-n", namespace, "link", "set", "lo", "up");
            write(namespace, "net/ipv4/tcp_wmem", SEND_BUFFER);
            write(namespace, "net/ipv4/tcp_rmem", RECEIVE_BUFFER);
            write(namespace, "net/ipv4/ip_local_port_range", "10000 65000");
        }
    }

    private static void write(String namespace, String setting, String value) throws IOException, InterruptedException {
        run("ip", "netns", "exec", namespace, "sh", "-c", "echo '" + value + "' > /proc/sys/" + setting);
    }

    /** A command that runs on the server's side. */
    List<String> onServer(List<String> command) {
        return in(server, command);
    }

    /** A command that runs on the readers' side; {@code namespace} is what {@link #readers} says. */
    static List<String> in(String namespace, List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(command);
        return all;
    }

    String readers() {
        return readers;
    }

    @Override
    public void close() {
        for (String namespace : List.of(server, readers)) {
            try {
                run("ip", "netns", "del", namespace);
            } catch (IOException e) {
                // It was not made.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }
}
