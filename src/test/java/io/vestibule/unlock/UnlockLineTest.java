package io.vestibule.unlock;

import static io.vestibule.unlock.FlowStage.outcome;
import static io.vestibule.unlock.FlowStage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.read.ListAppender;
import io.vestibule.app.log.Logging;
import io.vestibule.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The one line of a request, as either format prints it. */
final class UnlockLineTest {
  private final Logger log = (Logger) LoggerFactory.getLogger(Journey.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private FlowStage stage;

  @BeforeEach
  void set() throws Exception {
    stage = new FlowStage(2);
    lines.start();
    log.addAppender(lines);
    log.setLevel(Level.DEBUG);
    log.setAdditive(false);
  }

  @AfterEach
  void strike() {
    log.detachAppender(lines);
    log.setLevel(null);
    log.setAdditive(true);
    stage.close();
  }

  @Test
  void unlock_isOneLine_withItsIdAndItsDoors() throws Exception {
    Answer answer = soon(stage.submit(stage.request()));
    soon(outcome(answer));
    String unlock = ((Answer.Underway) answer).attempt().unlock().text();

    assertThat(printed("text"))
        .contains("unlock=\"" + unlock + "\" door=\"front\"")
        .contains("edge=\"http\" outcome=\"opened\" reason=\"none\" replayed=\"false\"");
    assertThat(Json.read(printed("json")).path("kvpList").toString())
        .contains("{\"unlock\":\"" + unlock + "\"},{\"door\":\"front\"}");
  }

  @Test
  void denied_isOneLine_withItsDoorAndReason() throws Exception {
    stage.doors.online = false;

    soon(stage.submit(stage.request()));

    assertThat(printed("text"))
        .contains("unlock over door=\"front\" edge=\"http\" outcome=\"refused\"")
        .contains("reason=\"door_offline\"");
  }

  @Test
  void nothing_isSaid_aboveDebug() throws Exception {
    log.setLevel(Level.INFO);

    soon(outcome(soon(stage.submit(stage.request()))));

    assertThat(lines.list).isEmpty();
  }

  /** The only line, by the packed configuration of a format. */
  private String printed(String format) throws Exception {
    LoggerContext context = new LoggerContext();
    context.putProperty("log.format", format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Objects.requireNonNull(Logging.class.getResource("/logback.xml")));
    AsyncAppender queue =
        (AsyncAppender) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("LINES");
    OutputStreamAppender<ILoggingEvent> appender =
        (OutputStreamAppender<ILoggingEvent>) queue.iteratorForAppenders().next();
    assertThat(lines.list).hasSize(1);
    String line =
        new String(appender.getEncoder().encode(lines.list.get(0)), StandardCharsets.UTF_8);
    context.stop();
    return line;
  }
}
