package dev.gatewright.account;

import dev.gatewright.page.ProfilePage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the profile page posts.
 *
 * @param version which state of the account the form began with
 * @param fields the fields that are not empty, by the names of the contract; a part of the address
 *     is {@code address.locality}
 */
record ProfileForm(
    String csrfToken, String version, String currentPassword, Map<String, String> fields) {

  static ProfileForm of(Map<String, List<String>> sent) {
    var fields = new LinkedHashMap<String, String>();
    for (String name : ProfilePage.LABELS.keySet()) {
      String value = first(sent, name).strip().replace("\r\n", "\n");
      if (!value.isEmpty()) {
        fields.put(name, name.equals("phone_number") ? bare(value) : value);
      }
    }
    return new ProfileForm(
        first(sent, "csrf_token"), first(sent, "version"), first(sent, "current_password"), fields);
  }

  /** A phone number without what people put between its digits. */
  private static String bare(String phoneNumber) {
    return phoneNumber.replaceAll("[ ()./-]", "");
  }

  private static String first(Map<String, List<String>> sent, String name) {
    return sent.getOrDefault(name, List.of("")).getFirst();
  }

  /** Nothing personal. */
  @Override
  public String toString() {
    return "ProfileForm[version=" + version + "]";
  }
}
