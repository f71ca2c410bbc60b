package dev.gatewright.client.auth;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where one session keeps its tokens. A refresh token is as good as the user's password until it is
 * revoked: a store that outlives the process should encrypt, or at least be readable by nobody
 * else. Methods are called from any thread, never by two at once to write.
 */
public interface TokenStore {

  /** The tokens last saved, if they were not cleared since. */
  Optional<Tokens> load();

  /**
   * Replaces what is kept. When it returns, the tokens must be safe: the refresh token before no
   * longer works.
   */
  void save(Tokens tokens);

  /** Forgets the tokens. */
  void clear();

  /**
   * Runs work that changes the tokens while nobody else does, in this process or another that uses
   * the same place. A session does every renewal, login and revocation in here, and looks at {@link
   * #load()} again once it is in: another process may have renewed the tokens in the meantime, and
   * their refresh token works once. The work speaks to the server, so it may take as long as that;
   * it never calls this method again.
   *
   * <p>A store that only this session can see has nothing to do: a session is exclusive within
   * itself.
   *
   * @return what the work gives; what it throws is thrown on, and leaves nothing locked
   */
  default <T> T exclusively(Supplier<T> work) {
    return work.get();
  }

  /** A store that keeps tokens in memory only, and so forgets them with the process. */
  static TokenStore inMemory() {
    return new InMemoryTokenStore();
  }
}
