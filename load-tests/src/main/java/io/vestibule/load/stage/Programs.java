package io.vestibule.load.stage;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that a run needs of the machine. */
final class Programs {
  /** Debian puts daemons where only root's path looks. */
  private static final List<Path> DAEMONS =
      List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"));

  private Programs() {}

  /** Where it is; a run that cannot do without it says what to do. */
  static Path demand(String program, String mend) throws CannotRun {
    return find(program, System.getenv("PATH"))
        .orElseThrow(() -> new CannotRun(program + " is not on this machine; " + mend));
  }

  static Optional<Path> find(String program, String path) {
    Stream<Path> directories = Arrays.stream(path.split(File.pathSeparator)).map(Path::of);
    return Stream.concat(directories, DAEMONS.stream())
        .map(directory -> directory.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
