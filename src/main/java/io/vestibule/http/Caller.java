package io.vestibule.http;

import io.vestibule.access.CarrierId;
import io.vestibule.access.ManagerId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Who asks, by their bearer token: whose tenant they are, what they may do, and until when. */
record Caller(Optional<String> tenant, Set<Scope> scopes, Instant expiresAt) {
  Caller {
    scopes = Set.copyOf(scopes);
  }

  boolean operator() {
    return scopes.contains(Scope.OPERATOR);
  }

  boolean mayAny(Collection<Scope> wanted) {
    return operator() || wanted.stream().anyMatch(scopes::contains);
  }

  /** Whom the audit log and the idempotency keys know the caller as; no tenant is called so. */
  String name() {
    return tenant.orElse("*");
  }

  boolean owns(ManagerId manager) {
    return operator() || tenant.filter(manager.text()::equals).isPresent();
  }

  boolean owns(CarrierId carrier) {
    return operator() || tenant.filter(carrier.text()::equals).isPresent();
  }

  /** The manager that the caller acts as; empty for an operator, who names one. */
  Optional<ManagerId> manager() {
    return operator() ? Optional.empty() : tenant.map(ManagerId::new);
  }

  /** The carrier that the caller acts for; empty for an operator, who names one. */
  Optional<CarrierId> carrier() {
    return operator() ? Optional.empty() : tenant.map(CarrierId::new);
  }
}
