package io.vestibule.store;

import java.util.List;

/** One Redis command with its arguments. */
public record Call(String name, List<String> args) {
  public Call {
    args = List.copyOf(args);
  }

  public static Call of(String name, String... args) {
    return new Call(name, List.of(args));
  }
}
