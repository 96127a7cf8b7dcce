package io.reportfiles.web;

import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.ServerProcess;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.InstalledProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A reverse proxy in front of the deployed application, configured as the operator's guide says: at one port it calls the
 * application from the address that is believed, at another one from one that is not. It says that it has ended TLS.
 */
final class Nginx implements AutoCloseable {

    private static final InstalledProgram NGINX = new InstalledProgram(
            "The test of requests through a proxy", "nginx-light", "reportfiles.it.nginx", List.of("/usr/sbin/nginx"));

    private final Process process;
    private final int believed;
    private final int unbelieved;

    private Nginx(Process process, int believed, int unbelieved) {
        this.process = process;
        this.believed = believed;
        this.unbelieved = unbelieved;
    }

    static Nginx start(Path directory) throws IOException, InterruptedException {
        int believed = FreePort.find();
        int unbelieved = FreePort.find();
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), """
                %1$s
                daemon off;
                worker_processes 1;
                pid %2$s/nginx.pid;
                error_log %2$s/error.log;
                events { worker_connections 64; }
                http {
                    access_log off;
                    client_body_temp_path %2$s/body;
                    proxy_temp_path %2$s/proxy;
                    fastcgi_temp_path %2$s/fastcgi;
                    uwsgi_temp_path %2$s/uwsgi;
                    scgi_temp_path %2$s/scgi;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header Host $http_host;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    proxy_set_header X-Forwarded-Proto https;
                    proxy_request_buffering off;
                    proxy_buffering off;
                    server { listen 127.0.0.1:%4$d; location / { proxy_bind %6$s; proxy_pass http://%3$s; } }
                    server { listen 127.0.0.1:%5$d; location / { proxy_pass http://%3$s; } }
                }
                """.formatted(
                        System.getProperty("user.name").equals("root") ? "user root;" : "",
                        directory,
                        Deployed.baseUri().getAuthority(),
                        believed,
                        unbelieved,
                        Deployed.PROXY));
        Process process = new ProcessBuilder(
                        NGINX.require().toString(), "-c", configuration.toString(), "-p", directory + "/")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log").toFile())
                .start();
        Nginx nginx = new Nginx(process, believed, unbelieved);
        nginx.awaitStart(directory);
        return nginx;
    }

    private void awaitStart(Path directory) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 200; attempt++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), unbelieved));
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException(Files.readString(directory.resolve("console.log")));
    }

    /** The port of the one that the application believes. */
    int believed() {
        return believed;
    }

    /** The port of the one that it does not. */
    int unbelieved() {
        return unbelieved;
    }

    @Override
    public void close() {
        ServerProcess.stop(process);
    }
}
