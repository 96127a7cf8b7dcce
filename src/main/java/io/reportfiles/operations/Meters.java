package io.reportfiles.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Keeps what is measured: hands the registry to whoever measures, and its text to whoever collects. */
@ApplicationScoped
class Meters {

    private final JvmGcMetrics collections = new JvmGcMetrics();
    private PrometheusMeterRegistry registry;

    @PostConstruct
    void open() {
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        List<MeterBinder> binders = List.of(
                new ClassLoaderMetrics(),
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new FileDescriptorMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                collections);
        binders.forEach(binder -> binder.bindTo(registry));
    }

    @Produces
    @Singleton
    MeterRegistry registry() {
        return registry;
    }

    /** All meters in the text format of Prometheus. */
    String scrape() {
        return registry.scrape();
    }

    @PreDestroy
    void close() {
        collections.close(); // it listens to the JVM, which outlives the application
        registry.close();
    }
}
