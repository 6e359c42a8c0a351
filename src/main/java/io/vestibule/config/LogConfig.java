package io.vestibule.config;

/** How the log is written, and how much of it. */
public record LogConfig(Format format, Level level) {
  /** One line an event, in either. */
  public enum Format {
    TEXT,
    JSON
  }

  /** The least that is written. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }
}
