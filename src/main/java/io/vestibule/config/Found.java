package io.vestibule.config;

import java.nio.file.Path;
import java.util.List;

/**
 * What was given for a key: one text, or several for a list; where it stood, as a clause for a
 * fault's text; and the directory that relative paths in it start from.
 */
record Found(List<String> texts, String where, Path base) {
  Found {
    texts = List.copyOf(texts);
  }
}
