package dev.gatewright;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.user.NewUser;
import dev.gatewright.user.Profile;
import dev.gatewright.user.Role;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
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

  private User make(Role role) {
    String name = freshName();
    Profile profile = new Profile(name, name + "@example.org", "Ada Lovelace", "Ada", "Lovelace");
    return server.bean(Users.class).create(new NewUser(profile, PASSWORD), role, false);
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
