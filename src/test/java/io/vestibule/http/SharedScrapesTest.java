package io.vestibule.http;

import static io.vestibule.http.HttpFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.concurrent.Loop;
import io.vestibule.metrics.Scrape;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedScrapesTest {
  private final Vertx vertx = Vertx.vertx();
  private final Loop loop = Loop.next(vertx);
  private final AtomicInteger scrapes = new AtomicInteger();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final SharedScrapes shared =
      new SharedScrapes(loop, vertx.createSharedWorkerExecutor("scrape", 1), new Scrape(registry));

  @BeforeEach
  void countScrapes() {
    Gauge.builder("scrapes", scrapes::incrementAndGet).register(registry);
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void whoeverAsksMeanwhile_sharesTheScrapeUnderWay() {
    await(loop.call(() -> ask("", 100)));

    assertThat(scrapes).hasValue(1);
  }

  @Test
  void eachFormat_hasAScrapeOfItsOwn() {
    await(loop.call(() -> Future.join(ask("", 3), ask("application/openmetrics-text", 3))));

    assertThat(scrapes).hasValue(2);
  }

  @Test
  void whoeverAsksLater_getsANewOne() {
    await(loop.call(() -> ask("", 1)));
    await(loop.call(() -> ask("", 1)));

    assertThat(scrapes).hasValue(2);
  }

  private Future<?> ask(String accept, int times) {
    return Future.join(
        IntStream.range(0, times).mapToObj(time -> shared.text(Optional.of(accept))).toList());
  }
}
