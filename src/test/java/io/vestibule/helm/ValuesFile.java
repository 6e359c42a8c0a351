package io.vestibule.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chart's values in the order of their file, each with the comment above it. */
final class ValuesFile {
  private static final Pattern COMMENT = Pattern.compile(" *# (.*)");
  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z][A-Za-z0-9-]*):.*");
  private static final int INDENT = 2;

  private final Map<String, String> comments = new LinkedHashMap<>();
  private final JsonNode values = Chart.values();

  ValuesFile() {
    List<String> comment = new ArrayList<>();
    Deque<String> path = new ArrayDeque<>();
    for (String line : lines()) {
      Matcher words = COMMENT.matcher(line);
      Matcher key = KEY.matcher(line);
      if (words.matches()) {
        comment.add(words.group(1));
      } else {
        if (key.matches() && enter(path, key.group(1).length() / INDENT, key.group(2))) {
          comments.put(String.join(".", path), String.join(" ", comment));
        }
        comment.clear();
      }
    }
  }

  /** Whether it is a value of the chart, and not a part of one. */
  private boolean enter(Deque<String> path, int depth, String key) {
    while (path.size() > depth) {
      path.removeLast();
    }
    path.addLast(key);
    return path.size() == depth + 1 && !at(String.join(".", path)).isMissingNode();
  }

  /** By dotted path, sections too; empty where there is none. */
  Map<String, String> comments() {
    return comments;
  }

  /** Sections, which have others in them. */
  boolean section(String path) {
    return at(path).isObject() && !at(path).isEmpty();
  }

  JsonNode at(String path) {
    return values.at("/" + path.replace('.', '/'));
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(Chart.FOLDER.resolve("values.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
