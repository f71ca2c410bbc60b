package dev.gatewright;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.user.Address;
import dev.gatewright.user.NewUser;
import dev.gatewright.user.Profile;
import dev.gatewright.user.ProfileDetails;
import dev.gatewright.user.Role;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import dev.gatewright.user.Verified;
import java.util.UUID;

/**
 * Users of a {@link TestServer}, each with a name that nobody has, and the tokens that a login
 * gives them.
 */
public final class TestUsers {
  public static final String PASSWORD = "a fine long password";

  private final TestServer server;

  public TestUsers(TestServer server) {
    this.server = server;
  }

  /** A user name that nobody has. */
  public static String freshName() {
    return "u" + UUID.randomUUID().toString().replace("-", "");
  }

  public User user() {
    return make(Role.USER);
  }

  public User administrator() {
    return make(Role.ADMINISTRATOR);
  }

  /** A user who says everything that the standard claims have room for, verified. */
  public User openUser() {
    String name = freshName();
    Address address =
        new Address(
            "12 St James's Square\nLondon SW1Y 4JH",
            "12 St James's Square",
            "London",
            "England",
            "SW1Y 4JH",
            "United Kingdom");
    ProfileDetails details =
        new ProfileDetails(
            "King",
            "Augusta",
            "https://people.example/ada",
            "https://people.example/ada.jpg",
            "https://ada.example",
            "female",
            "1815-12-10",
            "Europe/London",
            "en-GB",
            address);
    Profile profile =
        new Profile(
            name,
            name + "@example.org",
            "Ada Lovelace",
            "Ada",
            "Lovelace",
            "+442071838750",
            details);
    return server
        .bean(Users.class)
        .create(new NewUser(profile, PASSWORD), Role.USER, new Verified(true, true));
  }

  private User make(Role role) {
    String name = freshName();
    Profile profile = new Profile(name, name + "@example.org", "Ada Lovelace", "Ada", "Lovelace");
    return server.bean(Users.class).create(new NewUser(profile, PASSWORD), role, Verified.NOTHING);
  }

  /** The answer of a login by JSON: {@code access_token}, {@code refresh_token}, … */
  public JsonNode logIn(User user) {
    return Http.body(
        200,
        new Http(server)
            .json(
                "POST",
                "/api/login",
                "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(user.username(), PASSWORD)));
  }

  /** The value of {@code Authorization} after a login by JSON. */
  public String bearer(User user) {
    return "Bearer " + logIn(user).get("access_token").asText();
  }
}
