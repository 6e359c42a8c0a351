package io.vestibule.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.config.LogConfig;
import io.vestibule.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;

/** What the packed configuration of the log makes of events, by a context of its own. */
class LogLinesTest {
  private static final String FORGED = "2026-05-04T07:00:00.000Z ERROR forged";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile CountDownLatch reading = new CountDownLatch(0);
  private final List<LoggerContext> contexts = new ArrayList<>();

  @Test
  void text_isOneLine_withWhatStrangersWroteInIt() {
    Logger log =
        configured(LogConfig.Format.TEXT, LogConfig.Level.INFO).getLogger("io.vestibule.x");

    log.info("door said {}", "a\r\n" + FORGED + "\u2028\u0085\u001b[31m");

    assertThat(lines()).singleElement().asString().contains("door said a " + FORGED);
    assertThat(written()).doesNotContain("\u001b", "\u2028", "\u0085", "\r");
  }

  @Test
  void text_hasKeysAndValues() {
    Logger log =
        configured(LogConfig.Format.TEXT, LogConfig.Level.INFO).getLogger("io.vestibule.x");

    log.atInfo().addKeyValue("unlock", "u-1\n" + FORGED).log("opened");

    assertThat(lines()).singleElement().asString().endsWith("opened unlock=\"u-1 " + FORGED + "\"");
  }

  @Test
  void text_stackIsIndented_andItsMessageForgesNoLine() {
    Logger log =
        configured(LogConfig.Format.TEXT, LogConfig.Level.INFO).getLogger("io.vestibule.x");

    log.error("a bug", new IllegalStateException("bad\n" + FORGED));

    assertThat(lines()).hasSizeGreaterThan(3);
    assertThat(lines().get(0)).contains("ERROR", "a bug");
    assertThat(lines().subList(1, lines().size())).allMatch(line -> line.startsWith("    "));
    assertThat(written()).containsOnlyOnce("IllegalStateException").contains("LogLinesTest");
  }

  @Test
  void json_isOneObjectALine_alsoWithAStack() throws Exception {
    Logger log =
        configured(LogConfig.Format.JSON, LogConfig.Level.INFO).getLogger("io.vestibule.x");

    log.atInfo().addKeyValue("unlock", "u-1").log("said {}", "a\r\n\"" + FORGED);
    log.error("a bug", new IllegalStateException("bad\n" + FORGED));

    assertThat(lines()).hasSize(2);
    JsonNode first = Json.read(lines().get(0));
    assertThat(first.path("timestamp").isIntegralNumber()).isTrue();
    assertThat(first.path("level").asText()).isEqualTo("INFO");
    assertThat(first.path("loggerName").asText()).isEqualTo("io.vestibule.x");
    assertThat(first.path("threadName").asText()).isNotEmpty();
    assertThat(first.path("formattedMessage").asText()).isEqualTo("said a\r\n\"" + FORGED);
    assertThat(first.path("kvpList").toString()).isEqualTo("[{\"unlock\":\"u-1\"}]");
    JsonNode bug = Json.read(lines().get(1)).path("throwable");
    assertThat(bug.path("message").asText()).isEqualTo("bad\n" + FORGED);
    assertThat(bug.path("stepArray").get(0).path("className").asText()).contains("LogLinesTest");
  }

  @Test
  void librariesThatStrangersProvoke_sayNoStack_inEitherFormat() throws Exception {
    for (LogConfig.Format format : LogConfig.Format.values()) {
      bytes.reset();
      Logger netty = configured(format, LogConfig.Level.INFO).getLogger("io.netty.handler");

      netty.error("cut", new IllegalStateException("reset\n" + FORGED));

      assertThat(lines()).singleElement().asString().contains("cut").doesNotContain("Illegal");
    }
  }

  @Test
  void flood_isCutOff_andSaidAtTheEnd() {
    LoggerContext context = configured(LogConfig.Format.TEXT, LogConfig.Level.INFO);
    Logger strangers = context.getLogger("io.netty.handler");
    AtomicInteger leftOutCount = new AtomicInteger();
    Logging.countLeftOut(leftOutCount::incrementAndGet);
    for (int line = 0; line < 1_000; line++) {
      strangers.error("cut connection {}", line);
    }

    assertThat(leftOutCount).hasValue(980);
    assertThat(lines()).hasSize(LineLimit.LINES_MAX + 1);
    assertThat(lines().get(LineLimit.LINES_MAX)).contains("io.netty.handler - 980 more lines");
  }

  @Test
  @Timeout(60)
  void readerThatStalls_holdsUpNobody_andEachLineIsWrittenOrCounted() {
    LoggerContext context = configured(LogConfig.Format.TEXT, LogConfig.Level.INFO);
    Logger log = context.getLogger("io.vestibule.x");
    AtomicInteger leftOutCount = new AtomicInteger();
    Logging.countLeftOut(leftOutCount::incrementAndGet);
    reading = new CountDownLatch(1);
    int count = 3 * LimitedLines.WAITING_MAX;

    for (int line = 0; line < count; line++) {
      log.info("line {}", line);
    }
    log.error("a bug");
    int unreadCount = leftOutCount.get();
    reading.countDown();
    await().untilAsserted(() -> assertThat(written()).contains("a bug"));
    log.info("after");

    assertThat(unreadCount).isPositive();
    assertThat(lines()).hasSize(count - unreadCount + 3);
    assertThat(lines().get(lines().size() - 2))
        .contains("WARN", unreadCount + " lines were left out: nobody read the log");
    assertThat(leftOutCount).hasValue(unreadCount);
  }

  @Test
  @Timeout(60)
  void readerThatStalls_holdsUpTheEndForSoLongOnly() {
    LoggerContext context = configured(LogConfig.Format.TEXT, LogConfig.Level.INFO);
    reading = new CountDownLatch(1);
    context.getLogger("io.vestibule.x").info("unread");

    context.stop();

    assertThat(written()).isEmpty();
    reading.countDown();
    await().untilAsserted(() -> assertThat(written()).contains("unread"));
  }

  @Test
  void debug_isOursAlone_andIsNotCutOff() {
    LoggerContext context = configured(LogConfig.Format.TEXT, LogConfig.Level.DEBUG);
    for (int line = 0; line < 100; line++) {
      context.getLogger("io.vestibule.unlock").debug("unlock {}", line);
      context.getLogger("io.vertx.core.http").debug("secret {}", line);
    }

    assertThat(lines()).hasSize(100).allMatch(line -> line.contains("unlock"));
  }

  @Test
  void levelBoundsOursAndTheOthers() {
    LoggerContext context = configured(LogConfig.Format.TEXT, LogConfig.Level.ERROR);

    assertThat(context.getLogger("io.vestibule.x").getEffectiveLevel()).isEqualTo(Level.ERROR);
    assertThat(context.getLogger("org.other").getEffectiveLevel()).isEqualTo(Level.ERROR);
  }

  private LoggerContext configured(LogConfig.Format format, LogConfig.Level level) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    Logging.configure(context, new LogConfig(format, level));
    contexts.add(context);
    context
        .getLoggerList()
        .forEach(logger -> logger.iteratorForAppenders().forEachRemaining(this::divert));
    return context;
  }

  private void divert(Appender<ILoggingEvent> lines) {
    ((LimitedLines) lines)
        .iteratorForAppenders()
        .forEachRemaining(
            written -> ((OutputStreamAppender<ILoggingEvent>) written).setOutputStream(new Read()));
  }

  /** All of them: what waited is written first. */
  private List<String> lines() {
    contexts.forEach(LoggerContext::stop);
    return written().lines().toList();
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Takes nothing while its reader does not read. */
  private final class Read extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      // As a pipe does: no interrupt ends it.
      boolean interrupted = false;
      while (reading.getCount() > 0) {
        try {
          reading.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      bytes.write(buffer, offset, length);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
