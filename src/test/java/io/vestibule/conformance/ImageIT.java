package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.testing.DoorsProcess;
import io.vestibule.testing.GatewayProcess;
import io.vestibule.testing.Image;
import io.vestibule.testing.Jar;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.WireApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The image, built and started for real. */
@Tag("system")
final class ImageIT {
  private static final String NAME = "localhost/vestibule";
  private static final Path DEBIANS_REDIS = Path.of("/usr/bin/redis-server");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long SIZE_BYTES_MAX = 150_000_000;
  private static final Path CLASS_LIST = Path.of("src/main/container/classes.list");
  private static final String LIST = "-Xshare:off -XX:DumpLoadedClassList=/lists/";
  private static final int ARCHIVED_PERCENT_MIN = 90;
  private static final int SET_UID_OR_GID = 06000;
  private static final String LABEL = "JD014600003SE";

  private static Image image;
  private static Jar jar;

  @BeforeAll
  static void build() throws Exception {
    image = Image.build(NAME);
    jar = Jar.quick(Jdk.found().get(0));
  }

  @AfterAll
  static void strike() throws Exception {
    Image.removeContainers();
  }

  @Test
  void unlock_throughAContainerWithNoRights_opensTheDoor_andSigtermDrains() throws Exception {
    try (Stage stage = stage(List.of("--name=unlock"), Map.of())) {
      WireApi.Answer opened = open(stage);

      assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
      assertThat(opened.text("state")).isEqualTo("opened");
      assertThat(scrape(stage.gateway()))
          .contains("vestibule_signing_provider_info{provider=\"corretto\"} 1");
      for (String library : Natives.AMD64.keySet()) {
        assertThat(Image.mapped("unlock")).contains("/opt/vestibule/natives/" + library);
      }
      assertThat(stage.gateway().terminate(LIMIT)).isZero();
      assertThat(stage.gateway().err())
          .contains("drained")
          .doesNotContainPattern("(?m)^(WARNING|\\s+at )| ERROR ");
    }
  }

  @Test
  void healthCheck_ofTheImage_tellsALiveGatewayFromNone() throws Exception {
    List<String> check = new ArrayList<>();
    image.inspect().at("/Healthcheck/Test").forEach(word -> check.add(word.asText()));
    assertThat(check.remove(0)).isEqualTo("CMD");
    try (Stage stage = stage(List.of("--name=health"), Map.of())) {
      String port = String.valueOf(stage.gateway().port("management"));

      Jar.Ended alive = image.inside("health", Map.of("VESTIBULE_MANAGEMENT_PORT", port), check);
      Jar.Ended none = image.inside("health", Map.of("VESTIBULE_MANAGEMENT_PORT", "1"), check);

      assertThat(alive.exit()).as(alive.err()).isZero();
      assertThat(none.exit()).isEqualTo(1);
      assertThat(none.err()).contains("127.0.0.1:1");
    }
  }

  @ParameterizedTest
  @MethodSource("wrongMounts")
  void wrongMount_exits78_andNamesTheFile(WrongMount wrong) throws Exception {
    Path mounted = Image.readable(Stage.pki(jar));
    wrong.spoil().on(mounted);

    Jar.Ended ended = image.run(wrong.mounts() ? List.of(Image.mount(mounted)) : List.of());

    assertThat(ended.exit()).as(ended.err()).isEqualTo(78);
    assertThat(ended.err()).contains(wrong.named()).doesNotContain("\tat ");
  }

  static Stream<WrongMount> wrongMounts() {
    String file = "/etc/vestibule/vestibule.yaml: ";
    return Stream.of(
        new WrongMount("nothing", false, dir -> {}, file + "is not there"),
        new WrongMount(
            "a directory for the file",
            true,
            dir -> {
              Files.delete(dir.resolve("vestibule.yaml"));
              Files.createDirectory(dir.resolve("vestibule.yaml"));
            },
            file + "is a directory"),
        new WrongMount(
            "a file of root's",
            true,
            dir -> keepFromUser(dir.resolve("vestibule.yaml")),
            file + "may not be read by this user"),
        new WrongMount(
            "a key of root's",
            true,
            dir -> keepFromUser(dir.resolve("signing-key.pem")),
            "signing.key: found \"/etc/vestibule/signing-key.pem\", expected a file that this user"
                + " may read"),
        new WrongMount(
            "no certificate",
            true,
            dir -> Files.delete(dir.resolve("server.pem")),
            "mqtt.tls.certificate: found \"/etc/vestibule/server.pem\", expected a file that"
                + " exists"));
  }

  @Test
  void image_saysWhatItIs_andRunsAsNobody() throws Exception {
    JsonNode says = image.inspect();

    String architecture = System.getProperty("os.arch");
    assertThat(says.at("/Architecture").asText())
        .isEqualTo(architecture.equals("aarch64") ? "arm64" : architecture);
    assertThat(says.at("/Config/User").asText()).isEqualTo("65532:65532");
    assertThat(texts(says.at("/Config/Entrypoint")))
        .containsExactly("/opt/java/bin/java", "-jar", "/opt/vestibule/vestibule.jar");
    assertThat(texts(says.at("/Config/Cmd")))
        .containsExactly("serve", "--config", "/etc/vestibule/vestibule.yaml");
    for (String label : List.of("title", "description", "licenses", "version", "revision")) {
      assertThat(says.at("/Labels/org.opencontainers.image." + label).asText())
          .as(label)
          .isNotBlank()
          .isNotEqualTo("unknown");
    }
    assertThat(says.at("/Size").asLong()).isLessThanOrEqualTo(SIZE_BYTES_MAX);
  }

  @Test
  void files_holdNoShell_noProgramOfRoots_andOneArchitectures_natives() throws Exception {
    Path root = image.mounted();

    assertThat(programs(root)).containsExactlyInAnyOrder("java", "jfr", "keytool");
    assertThat(setUid(root)).isEmpty();
    assertThat(Natives.in(root.resolve("opt/vestibule/natives"))).isEqualTo(Natives.AMD64);
    assertThat(Natives.inside(root.resolve("opt/vestibule/vestibule.jar"))).isEmpty();
  }

  @Test
  void natives_forArm64_areThoseThatItsLoadersAskFor() throws Exception {
    assertThat(Natives.in(Path.of("target/natives/arm64"))).isEqualTo(Natives.ARM64);
  }

  @Test
  void secondBuild_hasTheSameDigest() throws Exception {
    assertThat(Image.build(NAME + "-again").digest())
        .isEqualTo(image.digest())
        .startsWith("sha256:");
  }

  @Test
  void javaOptions_ofTheEnvironment_winOverTheImages() throws Exception {
    Jar.Ended own = flags(List.of());
    Jar.Ended given = flags(List.of("--env=JDK_JAVA_OPTIONS=-XX:MaxRAMPercentage=60"));

    assertThat(own.out())
        .containsPattern("MaxRAMPercentage += 50")
        .containsPattern("UseParallelGC += true");
    assertThat(given.out()).containsPattern("MaxRAMPercentage += 60");
  }

  @Test
  void classes_thatAGatewayLoads_comeFromTheArchive() throws Exception {
    if (Boolean.getBoolean("vestibule.docs.write")) {
      Files.write(CLASS_LIST, classList());
      image = Image.build(NAME);
    }
    Map<String, String> log = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load");
    try (Stage stage = stage(List.of(), log)) {
      List<String> loaded =
          stage.gateway().out().lines().filter(line -> line.contains(" source: ")).toList();
      assertThat(loaded)
          .filteredOn(line -> line.endsWith("source: shared objects file"))
          .as(
              "make the list anew: mvn verify -Psystem -Dit.test=ImageIT -Dvestibule.docs.write=true")
          .hasSizeGreaterThan(loaded.size() * ARCHIVED_PERCENT_MIN / 100);
    }
  }

  /** What a gateway loads until it is ready, and as it drains; and the health check. */
  private static List<String> classList() throws Exception {
    Path lists = Files.createTempDirectory("lists");
    Files.setAttribute(lists, "unix:uid", Image.USER);
    String volume = "--volume=" + lists + ":/lists";
    try (Stage stage = stage(List.of(volume), Map.of("JDK_JAVA_OPTIONS", LIST + "serve"))) {
      assertThat(stage.gateway().terminate(LIMIT)).isZero();
    }
    image.run(List.of(volume, "--env=JDK_JAVA_OPTIONS=" + LIST + "health"), "health");
    Set<String> lines = new TreeSet<>();
    for (String list : List.of("serve", "health")) {
      for (String line : Files.readAllLines(lists.resolve(list))) {
        lines.add(line.replaceFirst(" id: \\d+$", ""));
      }
    }
    // Comments, what only AOTClassLinking reads, and classes that a loader of its own defines.
    lines.removeIf(line -> line.matches("(#|@cp ).*|.* source: .*"));
    return List.copyOf(lines);
  }

  private static Jar.Ended flags(List<String> more) throws Exception {
    List<String> options = new ArrayList<>(more);
    options.add("--entrypoint=/opt/java/bin/java");
    return image.run(options, "-XX:+PrintFlagsFinal", "-version");
  }

  private static Stage stage(List<String> options, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(GatewayProcess.ANY_PORT);
    settings.putAll(more);
    return Stage.set(
        (config, all) -> serve(options, config, all),
        jar,
        settings,
        RedisProcess.start(DEBIANS_REDIS));
  }

  /** The issuer's keys, which lie elsewhere, are mounted with the rest. */
  private static GatewayProcess serve(
      List<String> more, Path config, Map<String, String> settings) {
    try {
      Path mounted = Image.readable(config.getParent());
      Path jwks = mounted.resolve("issuer.json");
      Files.copy(Path.of(settings.get("VESTIBULE_AUTH_JWKS")), jwks);
      Files.setAttribute(jwks, "unix:uid", Image.USER);
      Map<String, String> inside = new HashMap<>(settings);
      inside.put("VESTIBULE_AUTH_JWKS", "/etc/vestibule/issuer.json");
      List<String> options = new ArrayList<>(more);
      options.add(Image.mount(mounted));
      return image.serve(options, inside);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a simulated door, which the jar's own command plays. */
  @SuppressWarnings("try") // The doors are there, and not called.
  private static WireApi.Answer open(Stage stage) throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, LABEL, ""), LABEL);
    try (DoorsProcess doors =
        DoorsProcess.start(jar, stage.pki(), stage.gateway().port("mqtts"), 1)) {
      await().atMost(LIMIT).until(() -> online(stage, door));
      return stage.operator().unlock(door, request);
    }
  }

  private static boolean online(Stage stage, String door) throws Exception {
    JsonNode state = stage.operator().get("/v1/doors/" + door).body().at("/connection/state");
    return state.asText().equals("online");
  }

  private static String scrape(GatewayProcess gateway) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + gateway.port("management") + "/metrics"))
            .timeout(LIMIT)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** Whatever stands where programs do, and can be started. */
  private static List<String> programs(Path root) throws IOException {
    try (Stream<Path> files = Files.find(root, 12, (file, is) -> is.isRegularFile())) {
      return files
          .filter(file -> file.getParent().endsWith("bin") || file.getParent().endsWith("sbin"))
          .map(file -> file.getFileName().toString())
          .toList();
    }
  }

  /** Files that would run as somebody else than who starts them. */
  private static List<Path> setUid(Path root) throws IOException {
    try (Stream<Path> files = Files.find(root, 12, (file, is) -> is.isRegularFile())) {
      return files.filter(file -> (mode(file) & SET_UID_OR_GID) != 0).toList();
    }
  }

  private static int mode(Path file) {
    try {
      return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keepFromUser(Path file) throws IOException {
    Files.setAttribute(file, "unix:uid", 0);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** What somebody does to the directory before it is mounted, or not mounted. */
  private record WrongMount(String what, boolean mounts, Spoil spoil, String named) {
    @Override
    public String toString() {
      return what;
    }
  }

  private interface Spoil {
    void on(Path directory) throws IOException;
  }
}
