package dev.fairlead.contract.airflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes a Python package that pip installs without asking anybody. */
final class Wheel {
    private Wheel() {}

    /** Writes a package of one module, and returns what pip is told to install it. */
    static String write(Path folder, String module, String code) throws IOException {
        Path file = folder.resolve(module + "-1.0-py3-none-any.whl");
        String info = module + "-1.0.dist-info/";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, module + ".py", code);
            put(zip, info + "METADATA", "Metadata-Version: 2.1\nName: " + module + "\nVersion: 1.0\n");
            put(zip, info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            put(
                    zip,
                    info + "RECORD",
                    module + ".py,,\n" + info + "METADATA,,\n" + info + "WHEEL,,\n" + info + "RECORD,,\n");
        }
        return module + " @ " + file.toUri();
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
