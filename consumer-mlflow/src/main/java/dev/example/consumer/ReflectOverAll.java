package dev.example.consumer;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Looks at every public type of our jars the way a container or a mapper does, on a class path without the Kubernetes client. */
public final class ReflectOverAll {
    private ReflectOverAll() {}

    public static void main(String[] arguments) throws Exception {
        int seen = 0;
        for (String place : arguments) {
            for (String name : classNames(Path.of(place))) {
                Class<?> type = Class.forName(name, false, ReflectOverAll.class.getClassLoader());
                if (Modifier.isPublic(type.getModifiers())) {
                    type.getMethods();
                    type.getDeclaredMethods();
                    type.getDeclaredConstructors();
                    type.getDeclaredFields();
                    type.getRecordComponents();
                    seen++;
                }
            }
        }
        System.out.println("looked at " + seen + " public types");
    }

    private static List<String> classNames(Path place) throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                files.map(f -> place.relativize(f).toString()).forEach(f -> add(f, names));
            }
        } else {
            try (JarFile jar = new JarFile(place.toFile())) {
                jar.stream().forEach(e -> add(e.getName(), names));
            }
        }
        return names;
    }

    private static void add(String file, List<String> names) {
        // what stands behind the Kubernetes client is internal and may need it
        if (file.endsWith(".class") && !file.contains("/internal/") && !file.endsWith("-info.class")) {
            names.add(file.substring(0, file.length() - 6).replace('/', '.'));
        }
    }
}
