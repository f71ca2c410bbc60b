package dev.gatewright.user;

import dev.gatewright.http.AttemptLimit;
import dev.gatewright.http.AttemptLimits;
import dev.gatewright.http.ClientAddresses;
import dev.gatewright.http.ProblemException;
import dev.gatewright.settings.LoginThrottleSettings;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Slows down whoever guesses passwords: by the name that is tried, and by the address that tries
 * (OWASP ASVS 6.3.1). Only failures count; an attempt is taken before the password is checked, so
 * that parallel guesses cannot outrun it, and given back when it succeeds.
 *
 * <p>The name may be one that nobody has: what is answered does not tell.
 */
@Singleton
public class LoginThrottle {
  private static final int LONGEST_LOGIN = 254;

  private final AttemptLimit byLogin;
  private final AttemptLimit byAddress;
  private final ClientAddresses addresses;

  LoginThrottle(LoginThrottleSettings settings, ClientAddresses addresses, AttemptLimits limits) {
    this.byLogin =
        limits.named(
            "login by name",
            settings.failuresPerLogin(),
            settings.refillPerLogin(),
            settings.tracked());
    this.byAddress =
        limits.named(
            "login by address",
            settings.failuresPerAddress(),
            settings.refillPerAddress(),
            settings.tracked());
    this.addresses = addresses;
  }

  /**
   * Checks a password, unless too many checks for this name or from this address have failed.
   *
   * @param login the user name or email, or whatever names the account
   * @param successful tells whether the result of the check is a success
   * @throws ProblemException 429 when the caller has to wait
   */
  public <T> T attempt(
      String login, HttpRequest<?> request, Supplier<T> check, Predicate<T> successful) {
    String name = key(login);
    String address = addresses.of(request);
    take(byAddress, address);
    try {
      take(byLogin, name);
    } catch (ProblemException e) {
      byAddress.giveBack(address);
      throw e;
    }
    boolean counts = false;
    try {
      T result = check.get();
      counts = !successful.test(result);
      return result;
    } finally {
      if (!counts) {
        byLogin.giveBack(name);
        byAddress.giveBack(address);
      }
    }
  }

  private static void take(AttemptLimit limit, String key) {
    int seconds = limit.take(key);
    if (seconds > 0) {
      throw ProblemException.tooManyRequests(
          seconds, "Too many attempts have failed; wait before trying again");
    }
  }

  private static String key(String login) {
    String folded = login.toLowerCase(Locale.ROOT);
    return folded.length() <= LONGEST_LOGIN ? folded : folded.substring(0, LONGEST_LOGIN);
  }
}
