package dev.fairlead.contract.shape;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.fairlead.support.Proves;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house keeps its shape: floors, internal rooms, no foreign type in what users see. */
class ShapeTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.fairlead");
    private static final List<String> MODULES = List.of("mlflow", "airflow", "inference", "seldon", "s3", "testing");
    private static final List<String> FOREIGN = List.of(
            "okhttp3.",
            "okio.",
            "kotlin.",
            "com.fasterxml.",
            "io.github.resilience4j.",
            "io.grpc.",
            "org.immutables.",
            "org.snakeyaml.",
            "software.amazon.",
            "io.micrometer.",
            "io.opentelemetry.",
            "io.fabric8.");

    @Test
    void core_dependsOnNoOtherModule() {
        String[] upper = MODULES.stream().map(m -> "dev.fairlead." + m + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.fairlead",
                        "dev.fairlead.config..",
                        "dev.fairlead.credentials..",
                        "dev.fairlead.error..",
                        "dev.fairlead.kubernetes..",
                        "dev.fairlead.spi..",
                        "dev.fairlead.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(upper)
                .check(ALL);
    }

    @Test
    void systems_neverImportEachOther() {
        floor("mlflow", "airflow", "inference", "seldon", "s3", "testing", "examples");
        floor("airflow", "mlflow", "inference", "seldon", "s3", "testing", "examples");
        floor("inference", "mlflow", "airflow", "seldon", "s3", "testing", "examples");
        floor("seldon", "mlflow", "airflow", "s3", "testing", "examples");
        floor("s3", "mlflow", "airflow", "inference", "seldon", "testing", "examples");
        floor("testing", "examples");
    }

    private static void floor(String module, String... others) {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Stream.of(others).map(o -> "dev.fairlead." + o + "..").toArray(String[]::new))
                .check(ALL);
    }

    @Test
    void internal_isUsedByItsOwnModuleOnly() {
        for (String module : MODULES) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.fairlead." + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.fairlead." + module + ".internal..")
                    .check(ALL);
        }
    }

    @Test
    void httpLine_mlflowAndAirflow_touchNoKubernetesClient() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.fairlead.mlflow..",
                        "dev.fairlead.airflow..",
                        "dev.fairlead.inference..",
                        "dev.fairlead.s3..",
                        "dev.fairlead.internal.http..",
                        "dev.fairlead.internal.retry..",
                        "dev.fairlead.internal.config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(ALL);
    }

    @Test
    void packages_all_areNullMarked() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .check(ALL);
        Set<String> marked = ALL.stream()
                .filter(c -> c.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        assertThat(ALL.stream()
                        .map(JavaClass::getPackageName)
                        .distinct()
                        .filter(p -> !p.startsWith("dev.fairlead.support")))
                .allMatch(marked::contains);
    }

    @Proves("core.no-foreign-types")
    @Test
    void publicSignatures_holdNoForeignType() {
        List<String> found = new ArrayList<>();
        for (JavaClass type : ALL) {
            if (!isSeenByUsers(type)) {
                continue;
            }
            Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                    .filter(ShapeTest::isForeign)
                    .forEach(s -> found.add(type.getName() + " extends " + s.getName()));
            type.getCodeUnits().stream()
                    .filter(u -> u.getModifiers().contains(JavaModifier.PUBLIC)
                            || u.getModifiers().contains(JavaModifier.PROTECTED))
                    .forEach(u -> foreignIn(u).forEach(f -> found.add(u.getFullName() + " names " + f)));
        }
        // the one escape hatch: the ecosystem's own PodSpec, erased in the descriptor
        found.removeIf(f -> f.contains(".customize(") && f.endsWith("io.fabric8.kubernetes.api.model.PodSpec"));
        assertThat(found).isEmpty();
    }

    private static boolean isSeenByUsers(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.getPackageName().contains(".internal")
                && !type.getPackageName().startsWith("dev.fairlead.support")
                && !type.getPackageName().startsWith("dev.fairlead.examples");
    }

    private static Stream<String> foreignIn(JavaCodeUnit unit) {
        Stream<JavaType> types = Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getExceptionTypes().stream().map(t -> (JavaType) t))
                .flatMap(s -> s);
        return types.flatMap(t -> t.getAllInvolvedRawTypes().stream())
                .filter(ShapeTest::isForeign)
                .map(JavaClass::getName);
    }

    private static boolean isForeign(JavaClass type) {
        return FOREIGN.stream().anyMatch(type.getName()::startsWith);
    }
}
