package io.reportfiles.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The naive servlet and the one that answers from memory in a WAR, with the libraries of the application's, of which it uses the SDK. */
final class NaiveWar {

    private NaiveWar() {}

    static Path write(Path application, Path war) throws IOException {
        try (ZipInputStream libraries = new ZipInputStream(Files.newInputStream(application));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war))) {
            for (Class<?> type : new Class<?>[] {NaiveServlet.class, FromMemoryServlet.class, BenchS3.class}) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry("WEB-INF/classes/" + name));
                try (InputStream content = NaiveWar.class.getResourceAsStream("/" + name)) {
                    content.transferTo(out);
                }
            }
            for (ZipEntry entry = libraries.getNextEntry(); entry != null; entry = libraries.getNextEntry()) {
                if (entry.getName().startsWith("WEB-INF/lib/") && !entry.isDirectory()) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    libraries.transferTo(out);
                }
            }
        }
        return war;
    }
}
