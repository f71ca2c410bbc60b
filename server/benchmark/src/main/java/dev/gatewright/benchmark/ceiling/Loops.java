package dev.gatewright.benchmark.ceiling;

import com.nimbusds.jose.JOSEException;
import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;

/**
 * What one core can do of what takes most of a request's time: signatures, and password hashes.
 * Prints a line for each, {@code name=per second}.
 */
public final class Loops {
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration TIME = Duration.ofSeconds(3);
  private static final int RUNS = 3;
  private static final int SIGNED_BYTES = 430; // header and claims of an access token

  private Loops() {}

  /** The entry point: a hash that the server made, and its password. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("provider=" + Provider.install());
    Tokens es256 = Tokens.es256();
    Tokens rs256 = Tokens.rs256();
    print("raw ES256", raw("SHA256withECDSA", es256.keys()));
    print("nimbus ES256", () -> es256.sign().length());
    print("raw RS256", raw("SHA256withRSA", rs256.keys()));
    print("nimbus RS256", () -> rs256.sign().length());
    Argon2 argon2 = Argon2Factory.create(Argon2Types.ARGON2id);
    byte[] password = arguments[1].getBytes(StandardCharsets.UTF_8);
    if (!argon2.verify(arguments[0], password)) {
      throw new IllegalArgumentException("That is not the password of this hash");
    }
    print("Argon2id", () -> argon2.verify(arguments[0], password) ? 1 : 0);
  }

  private static Work raw(String algorithm, KeyPair keys) throws GeneralSecurityException {
    byte[] signed = new byte[SIGNED_BYTES];
    Signature signature = Signature.getInstance(algorithm);
    return () -> {
      signature.initSign(keys.getPrivate());
      signature.update(signed);
      return signature.sign().length;
    };
  }

  private static void print(String name, Work work) throws GeneralSecurityException, JOSEException {
    perSecond(work, WARM_UP);
    double[] runs = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      runs[run] = perSecond(work, TIME);
    }
    Arrays.sort(runs);
    System.out.println(name + "=" + runs[RUNS / 2]);
  }

  private static double perSecond(Work work, Duration time)
      throws GeneralSecurityException, JOSEException {
    long begin = System.nanoTime();
    long done = 0;
    long result = 0;
    while (System.nanoTime() - begin < time.toNanos()) {
      result += work.run();
      done++;
    }
    if (result == 0) {
      throw new IllegalStateException("Nothing was computed");
    }
    return done / ((System.nanoTime() - begin) / 1e9);
  }

  /** One of what is counted; its result keeps the compiler from leaving it out. */
  private interface Work {
    int run() throws GeneralSecurityException, JOSEException;
  }
}
