package io.reportfiles.bench;

import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx as a reverse proxy before the origin, once as it comes and once without buffering; if it is installed. */
final class Nginx implements Closeable {

    private final Process process;
    private final URI buffered;
    private final URI unbuffered;

    private Nginx(Process process, URI buffered, URI unbuffered) {
        this.process = process;
        this.buffered = buffered;
        this.unbuffered = unbuffered;
    }

    /** Starts nginx, empty where there is none. */
    static Optional<Nginx> start(URI origin, Path directory) throws IOException {
        Optional<Path> program = Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int buffered = FreePort.find();
        int unbuffered = FreePort.find();
        Files.createDirectories(directory);
        Path configuration = Files.writeString(
                directory.resolve("nginx.conf"), configuration(origin.getAuthority(), directory, buffered, unbuffered));
        Process process = new ProcessBuilder(
                        program.get().toString(), "-c", configuration.toString(), "-p", directory + "/")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // nothing else ends it with us
        return Optional.of(new Nginx(
                process,
                URI.create("http://127.0.0.1:" + buffered + "/"),
                URI.create("http://127.0.0.1:" + unbuffered + "/")));
    }

    private static String configuration(String origin, Path directory, int buffered, int unbuffered) {
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        return """
                %1$s
                daemon off;
                worker_processes auto;
                pid %2$s/nginx.pid;
                error_log %2$s/error.log;
                events { worker_connections 1024; }
                http {
                    access_log off;
                    keepalive_requests 1000000000;
                    client_body_temp_path %2$s/body;
                    proxy_temp_path %2$s/proxy;
                    fastcgi_temp_path %2$s/fastcgi;
                    uwsgi_temp_path %2$s/uwsgi;
                    scgi_temp_path %2$s/scgi;
                    upstream origin { server %3$s; keepalive 64; keepalive_requests 1000000000; }
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    server { listen 127.0.0.1:%4$d; location / { proxy_pass http://origin; } }
                    server { listen 127.0.0.1:%5$d; location / { proxy_pass http://origin; proxy_buffering off; } }
                }
                """.formatted(user, directory, origin, buffered, unbuffered);
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    URI buffered() {
        return buffered;
    }

    URI unbuffered() {
        return unbuffered;
    }

    @Override
    public void close() {
        ServerProcess.stop(process);
    }
}
