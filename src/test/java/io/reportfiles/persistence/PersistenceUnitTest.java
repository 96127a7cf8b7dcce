package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

class PersistenceUnitTest {

    @Test
    void everyMappedClassIsListed() throws Exception {
        List<String> mapped = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("io.reportfiles").stream()
                        .filter(type -> type.isAnnotatedWith(Entity.class)
                                || type.isAnnotatedWith(Embeddable.class)
                                || type.isAnnotatedWith(MappedSuperclass.class)
                                || type.isAnnotatedWith(Converter.class))
                        .map(JavaClass::getName)
                        .sorted()
                        .toList();
        assertThat(listed()).isEqualTo(mapped).isNotEmpty();
    }

    private static List<String> listed() throws Exception {
        try (InputStream file = PersistenceUnitTest.class.getResourceAsStream("/META-INF/persistence.xml")) {
            NodeList classes = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file)
                    .getElementsByTagName("class");
            return IntStream.range(0, classes.getLength())
                    .mapToObj(i -> classes.item(i).getTextContent())
                    .toList();
        }
    }
}
