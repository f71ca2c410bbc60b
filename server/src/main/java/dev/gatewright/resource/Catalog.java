package dev.gatewright.resource;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** All protected resources at one moment, oldest first. */
record Catalog(
    Map<String, ProtectedResource> byIdentifier, SequencedMap<String, ProtectedResource> byScope) {
  static Catalog of(List<ProtectedResourceRow> rows, List<ProtectedResourceScopeRow> scopeRows) {
    Map<UUID, List<ProtectedResourceScopeRow>> scopes =
        scopeRows.stream()
            .sorted(Comparator.comparingInt(ProtectedResourceScopeRow::position))
            .collect(Collectors.groupingBy(ProtectedResourceScopeRow::resourceId));
    var byIdentifier = new LinkedHashMap<String, ProtectedResource>();
    var byScope = new LinkedHashMap<String, ProtectedResource>();
    rows.stream()
        .sorted(
            Comparator.comparing(ProtectedResourceRow::createdAt)
                .thenComparing(ProtectedResourceRow::identifier))
        .map(row -> ProtectedResource.of(row, scopes.getOrDefault(row.id(), List.of())))
        .forEach(resource -> {
          byIdentifier.put(resource.identifier(), resource);
          resource.scopes().forEach(scope -> byScope.put(scope.scope(), resource));
        });
    return new Catalog(
        Collections.unmodifiableMap(byIdentifier), Collections.unmodifiableSequencedMap(byScope));
  }
}
