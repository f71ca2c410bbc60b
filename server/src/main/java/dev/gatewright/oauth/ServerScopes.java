package dev.gatewright.oauth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** The scopes of this server itself; protected resources bring their own. */
public final class ServerScopes {
  public static final String OPENID = "openid";
  public static final String PROFILE = "profile";
  public static final String EMAIL = "email";
  public static final String ADDRESS = "address";
  public static final String PHONE = "phone";
  public static final String OFFLINE_ACCESS = "offline_access";
  public static final String USER_READ = "user:read";
  public static final String USER_WRITE = "user:write";
  public static final String USERS_READ = "users:read";
  public static final String CLIENTS_READ = "clients:read";
  public static final String CLIENTS_WRITE = "clients:write";
  public static final String RESOURCES_READ = "resources:read";
  public static final String RESOURCES_WRITE = "resources:write";

  /** Each scope with what it allows, as people read it on the consent page. */
  public static final SequencedMap<String, String> DESCRIPTIONS;

  static {
    var descriptions = new LinkedHashMap<String, String>();
    descriptions.put(OPENID, "Log you in and know your subject identifier");
    descriptions.put(PROFILE, "See your profile, such as your name, picture and birthdate");
    descriptions.put(EMAIL, "See your email address");
    descriptions.put(ADDRESS, "See your postal address");
    descriptions.put(PHONE, "See your phone number");
    descriptions.put(OFFLINE_ACCESS, "Stay authorized while you are away");
    descriptions.put(USER_READ, "Read your account");
    descriptions.put(USER_WRITE, "Change your account, its password, or delete it");
    descriptions.put(USERS_READ, "List all users");
    descriptions.put(CLIENTS_READ, "See registered clients");
    descriptions.put(CLIENTS_WRITE, "Register, change and delete clients");
    descriptions.put(RESOURCES_READ, "See protected resources");
    descriptions.put(RESOURCES_WRITE, "Register, change and delete protected resources");
    DESCRIPTIONS = Collections.unmodifiableSequencedMap(descriptions);
  }

  /** What only an administrator, or a client for itself, can be granted. */
  public static final Set<String> ADMINISTRATIVE =
      Set.of(USERS_READ, CLIENTS_READ, CLIENTS_WRITE, RESOURCES_READ, RESOURCES_WRITE);

  /** What is about a user, and so never granted to a client for itself (RFC 6749 §4.4). */
  public static final Set<String> OF_A_USER =
      Set.of(OPENID, PROFILE, EMAIL, ADDRESS, PHONE, OFFLINE_ACCESS, USER_READ, USER_WRITE);

  /** All names. */
  public static final List<String> ALL = List.copyOf(DESCRIPTIONS.keySet());

  private ServerScopes() {}
}
