package dev.gatewright.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What users say about themselves, to be changed. Posts {@code csrf_token}, {@code version}, {@code
 * current_password} and the fields of {@link #LABELS} to {@code /account/profile}; what is left
 * empty is not said. The password is never sent back to the page.
 *
 * @param version which state of the account the form began with
 * @param values what is in the fields, by their names; an absent one is empty
 * @param zones the time zones to choose from
 * @param errors what is wrong, one sentence for each field name; the key {@code ""} is about the
 *     whole form
 */
public record ProfilePage(
    String csrfToken,
    String version,
    Map<String, String> values,
    List<String> zones,
    Map<String, String> errors)
    implements Page {

  /** The fields by their names, in their order, and what people call them. */
  public static final SequencedMap<String, String> LABELS;

  static {
    var labels = new LinkedHashMap<String, String>();
    labels.put("name", "Full name");
    labels.put("given_name", "Given name");
    labels.put("middle_name", "Middle name");
    labels.put("family_name", "Family name");
    labels.put("nickname", "Nickname");
    labels.put("birthdate", "Birthdate");
    labels.put("gender", "Gender");
    labels.put("phone_number", "Phone number");
    labels.put("address.street_address", "Street address");
    labels.put("address.postal_code", "Postal code");
    labels.put("address.locality", "City");
    labels.put("address.region", "State or region");
    labels.put("address.country", "Country");
    labels.put("address.formatted", "As on an envelope");
    labels.put("profile", "Profile page");
    labels.put("picture", "Picture");
    labels.put("website", "Website");
    labels.put("locale", "Language");
    labels.put("zoneinfo", "Time zone");
    labels.put("username", "User name");
    labels.put("email", "Email");
    LABELS = Collections.unmodifiableSequencedMap(labels);
  }

  /** Copies the collections. */
  public ProfilePage {
    values = Map.copyOf(values);
    zones = List.copyOf(zones);
    errors = Map.copyOf(errors);
  }

  /** What people call a field. */
  public static String label(String field) {
    return LABELS.getOrDefault(field, "Current password");
  }

  /** What is in a field, empty when nothing is. */
  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /** What is wrong with a field, null when nothing is. */
  public @Nullable String error(String field) {
    return errors.get(field);
  }
}
