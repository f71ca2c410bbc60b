package dev.gatewright.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A postal address (OpenID Connect Core §5.1.1).
 *
 * @param formatted the whole of it as on an envelope, several lines
 * @param streetAddress house number, street, post office box; may be several lines
 * @param locality city
 * @param region state, province, prefecture
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Address(
    @Nullable String formatted,
    @Nullable String streetAddress,
    @Nullable String locality,
    @Nullable String region,
    @Nullable String postalCode,
    @Nullable String country) {

  /** Whether it says nothing, and so is none. */
  public boolean isEmpty() {
    return Stream.of(formatted, streetAddress, locality, region, postalCode, country)
        .allMatch(Objects::isNull);
  }

  /** Nothing personal. */
  @Override
  public String toString() {
    return "Address";
  }
}
