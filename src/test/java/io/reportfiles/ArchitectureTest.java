package io.reportfiles;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom, and what nobody may do. A new package starts with its row in {@link #MAY_USE}. */
class ArchitectureTest {

    /**
     * The packages of the application, each with the ones it may use besides itself, the JDK and the platform; two dots
     * stand for the packages below. Arrows never point back, and siblings such as {@code download} and {@code submission}
     * do not know each other.
     */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            row("access"),
            row("config", "access"),
            row("storage"),
            row("storage.s3", "config storage"),
            row("persistence"),
            row("web.http"),
            row("web.text"),
            row("web.problem", "persistence storage web.http web.text"), // of the first two only their failures
            row("web", "access config persistence web.http web.problem"),
            row("chain", "config storage web.."),
            row("audit", "access chain persistence web.."),
            row("ledger", "access audit chain config ledger.running persistence web.."),
            row("ledger.running", "access web.."),
            row("catalogue", "access audit inspection persistence web.."),
            row("account", "access audit catalogue config persistence web.."),
            row("signin", "access account audit config ledger persistence web.."),
            row("signin.oidc", "access account config signin web.."),
            row("signin.ldap", "account config signin"),
            row("reportfile", "access audit catalogue ledger persistence storage web.."),
            row("download.http", "storage web.."), // of storage only what a range is
            row("download.engine", "access config download.http ledger persistence storage web.."),
            row("download.server", "download.engine"),
            row(
                    "download",
                    "access config download.engine download.http ledger.. persistence reportfile storage web.."),
            row("download.zip", "download download.http reportfile storage web.."),
            row(
                    "submission",
                    "access audit catalogue config inspection ledger.running persistence reportfile storage web.."),
            row(
                    "submission.tus",
                    "access catalogue config inspection ledger.running persistence reportfile storage submission web.."),
            row("inspection", "audit config persistence web.."),
            row("reconcile", "access audit config persistence reportfile storage submission web.."),
            row("operations", "access audit config ledger.. persistence storage web.."),
            row("console", "access config download storage web..")); // its own files come like others

    /** Libraries that one package hides from all the others. */
    private static final Map<String, String> HIDDEN_IN = Map.of(
            "software.amazon.awssdk", "storage.s3",
            "com.nimbusds", "signin.oidc",
            "javax.naming", "signin.ldap",
            "org.apache.commons.fileupload2", "submission",
            "org.flywaydb", "persistence");

    private static final String ROOT = ArchitectureTest.class.getPackageName();

    private static JavaClasses application;

    @BeforeAll
    static void readTheClasses() {
        application = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Nested
    class Packages {

        @Test
        void eachHasItsRow() {
            assertThat(application)
                    .extracting(JavaClass::getPackageName)
                    .as("packages of the application; a new one wants a row in ArchitectureTest.MAY_USE")
                    .isSubsetOf(MAY_USE.keySet().stream()
                            .map(ArchitectureTest::named)
                            .toList());
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("io.reportfiles.ArchitectureTest#packages")
        void useOnlyWhatTheirRowSays(String name) {
            String[] allowed = Stream.concat(Stream.of(name), MAY_USE.get(name).stream())
                    .map(ArchitectureTest::named)
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(named(name))
                    .should()
                    .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(allowed)))
                    .because("ArchitectureTest.MAY_USE has the row %s: %s".formatted(name, MAY_USE.get(name)))
                    .check(application);
        }

        @Test
        void areFreeOfCycles() {
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(application);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("io.reportfiles.ArchitectureTest#hiddenLibraries")
        void hideTheirLibrary(String library) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(named(HIDDEN_IN.get(library)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(library + "..")
                    .because("only %s knows this library".formatted(HIDDEN_IN.get(library)))
                    .check(application);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("io.reportfiles.ArchitectureTest#pure")
        void thatArePureUseTheJdkOnly(String name) {
            classes()
                    .that()
                    .resideInAPackage(named(name))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", named(name))
                    .because("it can then be tested, and trusted, without a server")
                    .check(application);
        }
    }

    @Nested
    class Nobody {

        /** Rule 1 of the design: no file content on the server's disk. */
        @Test
        void writesToTheDisk() {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(
                            File.class,
                            FileOutputStream.class,
                            FileWriter.class,
                            RandomAccessFile.class,
                            FileChannel.class)
                    .orShould()
                    .callMethodWhere(calls(Files.class, "(create|write|new(Output|BufferedWriter|Byte)|copy|move).*"))
                    .because("content is never on the server's disk")
                    .check(application);
        }

        /** Servers keep the parts of a form in temporary files. */
        @Test
        void letsTheServerParseAForm() {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("jakarta.servlet.http.Part")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("jakarta.servlet.annotation.MultipartConfig")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("jakarta.ws.rs.core.EntityPart")
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching(".*\\.fileupload2\\..*\\.(Disk|Deferrable).*")
                    .orShould()
                    .callMethodWhere(calls(HttpServletRequest.class, "getParts?"))
                    .because("the server would keep the parts on its disk")
                    .check(application);
        }

        @Test
        void logsThroughAnythingButTheSystemLogger() {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.util.logging..",
                            "org.slf4j..",
                            "org.apache.log4j..",
                            "org.apache.logging..",
                            "org.apache.commons.logging..",
                            "org.jboss.logging..")
                    .because("System.Logger goes to the log of either server")
                    .check(application);
        }

        @Test
        void sharesALogger() {
            fields().that()
                    .haveRawType(System.Logger.class)
                    .should()
                    .bePrivate()
                    .andShould()
                    .beStatic()
                    .andShould()
                    .beFinal()
                    .check(application);
        }

        @Test
        void readsSettingsOutsideConfig() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(named("config"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.eclipse.microprofile.config..")
                    .orShould()
                    .callMethodWhere(calls(System.class, "getenv|getProperty|getProperties"))
                    .because("each setting is read once, checked and documented in config")
                    .check(application);
        }

        /** A record's own {@code toString} shows every component, and ends up in a log one day. */
        @Test
        void showsASecret() {
            classes()
                    .that(describe("are records that hold a secret", ArchitectureTest::holdsSecret))
                    .should(be(describe("silent about it in a toString of their own", ArchitectureTest::keepsSecret)))
                    .check(application);
        }

        @Test
        void asksTheSystemForTheTime() {
            noClasses()
                    .should()
                    .callMethodWhere(describe(
                            "calls now() of java.time without a clock",
                            call -> call.getTargetOwner().getPackageName().equals("java.time")
                                    && call.getName().equals("now")
                                    && call.getTarget().getRawParameterTypes().isEmpty()))
                    .orShould()
                    .callMethodWhere(calls(System.class, "currentTimeMillis"))
                    .because("a clock that is handed in can be set by a test")
                    .check(application);
        }
    }

    static Stream<String> packages() {
        return MAY_USE.keySet().stream().sorted();
    }

    static Stream<String> hiddenLibraries() {
        return HIDDEN_IN.keySet().stream().sorted();
    }

    static Stream<String> pure() {
        return Stream.of("access", "storage");
    }

    private static boolean holdsSecret(JavaClass type) {
        return type.isRecord() && type.getFields().stream().anyMatch(ArchitectureTest::isSecret);
    }

    private static boolean isSecret(JavaField field) {
        return field.getName().matches("(?i).*(password|secret|token)")
                && field.getRawType().isEquivalentTo(String.class);
    }

    /** The {@code toString} that the compiler writes for a record is final. */
    private static boolean keepsSecret(JavaClass type) {
        JavaMethod toString = type.getMethod("toString");
        return !toString.getModifiers().contains(JavaModifier.FINAL)
                && toString.getFieldAccesses().stream()
                        .noneMatch(access ->
                                access.getTarget().resolveMember().stream().anyMatch(ArchitectureTest::isSecret));
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> owner, String methods) {
        return describe(
                "calls %s.(%s)".formatted(owner.getSimpleName(), methods),
                call -> call.getTargetOwner().isAssignableTo(owner)
                        && call.getName().matches(methods));
    }

    private static String named(String name) {
        return ROOT + "." + name;
    }

    private static Map.Entry<String, Set<String>> row(String name) {
        return Map.entry(name, Set.of());
    }

    private static Map.Entry<String, Set<String>> row(String name, String mayUse) {
        return Map.entry(name, Set.of(mayUse.split(" ")));
    }
}
