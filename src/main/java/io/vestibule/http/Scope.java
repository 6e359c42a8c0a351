package io.vestibule.http;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a bearer may do. */
enum Scope {
  POLICY_WRITE,
  DOORS_WRITE,
  DOORS_READ,
  COURIERS_WRITE,
  GRANTS_WRITE,
  AUDIT_READ,
  /** Reaches everything of everybody. */
  OPERATOR;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', ':');

  String code() {
    return code;
  }

  /** Those that are known, of a space-separated list. */
  static Set<Scope> parse(String list) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    Set<String> codes = new HashSet<>(List.of(list.split(" ")));
    for (Scope scope : values()) {
      if (codes.contains(scope.code)) {
        scopes.add(scope);
      }
    }
    return scopes;
  }
}
