package io.vestibule.load.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Hiccups;
import io.vestibule.load.stage.Build;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.stage.RedisBinary;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.stage.Started;
import io.vestibule.load.stage.Target;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class SamplerTest {
  private static final InetSocketAddress ANYWHERE = InetSocketAddress.createUnresolved("a", 1);

  @TempDir private Path work;

  @Test
  void anEnd_waitsForNoSampleThatIsNotDue() throws Exception {
    Progress progress = new Progress(new PrintWriter(new StringWriter()));
    Target target =
        new Target("gateway", ANYWHERE, ANYWHERE, Optional.empty(), work, "token", List.of());
    try (Started started = new Started(work.resolve("run"));
        Hiccups hiccups = Hiccups.watch()) {
      RedisBinary redis = new RedisBinary(Optional.empty(), progress);
      Build build = new Build(work, started, progress);
      Stage stage = new Stage(work, build, started, progress, hiccups, redis);

      try (Sampler sampler = new Sampler(stage, target, Duration.ofHours(1))) {
        assertThat(sampler.end()).isEmpty();
      }
    }
  }
}
